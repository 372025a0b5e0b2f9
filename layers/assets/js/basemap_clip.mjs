// A clip of the base map, decoded once: TopoJSON in, paths and labels in drawing units out.

export const CLIP_UNITS = 65536; // the clip's width: whole numbers of this size stay exact in the canvas's 32-bit floats

export const NAME_KINDS = ["place", "water", "relief", "land"];

const mercatorX = (longitude) => (longitude + 180) / 360;
const mercatorY = (latitude) => (1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2;

// {x0, y0, span} place the clip in the Mercator world (0–1); `frame` is the relief's rectangle; `shapes` holds for
// each kind of line or water the rings and lines as flat [x, y, x, y …]; `closed` names those that are filled.
export function openClip(topology) {
  const [west, south, east, north] = topology.bbox;
  const x0 = mercatorX(west);
  const y0 = mercatorY(north);
  const span = mercatorX(east) - x0;
  const units = (longitude, latitude) => [
    ((mercatorX(longitude) - x0) / span) * CLIP_UNITS,
    ((mercatorY(latitude) - y0) / span) * CLIP_UNITS,
  ];
  const { scale, translate } = topology.transform;
  const point = (x, y) => units(x * scale[0] + translate[0], y * scale[1] + translate[1]);
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.flatMap(([dx, dy]) => point((x += dx), (y += dy)));
  });
  const { labels, ...objects } = topology.objects;
  const relief = topology.contactline.relief;
  return {
    x0,
    y0,
    span,
    height: units(east, south)[1],
    shapes: shapesOf(objects, arcs),
    labels: labels.geometries.map((label) => labelOf(label, point)),
    frame: relief ? [...units(relief.bbox[0], relief.bbox[3]), ...units(relief.bbox[2], relief.bbox[1])] : null,
  };
}

function shapesOf(objects, arcs) {
  const shapes = {};
  for (const [what, collection] of Object.entries(objects)) {
    for (const shape of collection.geometries) {
      const kind = shape.properties?.disputed ? "disputed" : what;
      (shapes[kind] ??= []).push(...shape.arcs.flat(2).map((index) => arcs[index]));
    }
  }
  return shapes;
}

function labelOf(label, point) {
  const { text, rank = 3, kind = "place" } = label.properties;
  const [x, y] = point(...label.coordinates);
  return { text: String(text), rank: Number(rank), kind: NAME_KINDS.includes(kind) ? kind : "place", x, y };
}
