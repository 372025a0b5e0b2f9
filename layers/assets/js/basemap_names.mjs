// Which names of the base map stand where at one zoom. Chosen once a zoom, not once a view: names do not jump in a pan.

const NAMES_FROM_ZOOM = { 1: -Infinity, 2: 2, 3: 4.5, 4: 5.5 }; // above the zoom at which the clip is one tile wide
const NAME_SIZES = { 1: 13.5, 2: 12, 3: 11, 4: 10.5 };
const NAME_FONT = '"Noto Sans","Segoe UI",system-ui,"DejaVu Sans",sans-serif';
const LONG_NAME = 15; // letters; two forms longer than this stand one above the other
const NAME_CELL = 64;
const NAME_LEADING = 1.15;

// Boxes that are taken, in a coarse grid so that a thousand names stay cheap.
class TakenSpace {
  constructor() {
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / NAME_CELL); x <= Math.floor(right / NAME_CELL); x++) {
      for (let y = Math.floor(top / NAME_CELL); y <= Math.floor(bottom / NAME_CELL); y++) yield `${x},${y}`;
    }
  }

  free(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
      }
    }
    return true;
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }
}

// Labels come best rank first; `scale` is CSS pixels a drawing unit, `tileZoom` the zoom at which the clip is as wide as
// one map tile; `measure(text, font)` gives a width in CSS pixels.
// Every name that is placed has a `box` [left, top, right, bottom] that overlaps no other, relative to the clip's corner.
export function placeNames(labels, scale, zoom, tileZoom, measure) {
  const taken = new TakenSpace();
  const placed = [];
  for (const label of labels) {
    const rank = Math.max(1, Math.min(4, label.rank));
    if (zoom - tileZoom < NAMES_FROM_ZOOM[rank]) continue;
    const size = NAME_SIZES[rank] + (zoom - tileZoom >= 5.5 ? 1 : 0);
    const font = `${fontStyle(label.kind, rank)}${size}px ${NAME_FONT}`;
    const lines = linesOf(label.text);
    const width = Math.max(...lines.map((line) => measure(line, font)));
    const height = lines.length * size * NAME_LEADING;
    const spot = spotFor(label, { x: label.x * scale, y: label.y * scale, width, height }, taken);
    if (!spot) continue;
    const top = (spot.box[1] + spot.box[3] - height) / 2;
    placed.push({ ...spot, lines, font, rank, kind: label.kind, step: size * NAME_LEADING, first: top + (size * NAME_LEADING) / 2 });
  }
  return placed;
}

function fontStyle(kind, rank) {
  if (kind !== "place") return "italic ";
  return rank === 1 ? "600 " : "";
}

export function linesOf(text) {
  if (text.length <= LONG_NAME || !text.includes(" / ")) return [text];
  const forms = text.split(" / ");
  return forms.map((form, i) => (i < forms.length - 1 ? `${form} /` : form));
}

// A place is a dot with its name beside it, where there is room; water, ridges and regions are their name alone.
function spotFor(label, { x, y, width, height }, taken) {
  const dot = label.kind === "place" ? [x - 4, y - 4, x + 4, y + 4] : null;
  const spots = dot
    ? [[7, 0, "left"], [-7, 0, "right"], [0, -height / 2 - 6, "center"], [0, height / 2 + 6, "center"]]
    : [[0, 0, "center"]];
  if (dot && !taken.free(dot)) return null;
  for (const [dx, dy, align] of spots) {
    const left = x + dx - { left: 0, right: width, center: width / 2 }[align];
    const box = [left - 3, y + dy - height / 2 - 2, left + width + 3, y + dy + height / 2 + 2];
    if (!taken.free(box)) continue;
    taken.add(box);
    if (dot) taken.add(dot);
    return { x, y, textX: x + dx, align, box };
  }
  return null;
}
