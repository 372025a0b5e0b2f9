// The offline base map: relief, water and lines on a canvas under everything, names on a canvas under the points.

import { fromBase64, inflate } from "./bytes.mjs";
import { openClip, CLIP_UNITS } from "./basemap_clip.mjs";
import { placeNames } from "./basemap_names.mjs";
import { el } from "./dom.mjs";

const BEYOND_CLIP = "#eceadc"; // what lies beyond the clip
const CLIP_FADE = 0.03; // of the clip's width: its edge melts into the paper instead of ending in a line
const NAME_HALO = "rgba(252, 250, 242, 0.92)";
const NAME_INK = { place: "#2f2b33", water: "#3f6f8f", relief: "#7a6a52", land: "#6b6470" };
const BASE_PANE = "contactline-base";
const NAMES_PANE = "contactline-names";

// In the order of drawing: rivers end in lakes, borders lie over both.
const GROUND = {
  streams: { text: "Stream, worked out from heights", stroke: "#8db3c8", width: 0.9, fromZoom: 2.2, curved: true },
  rivers: { text: "River", stroke: "#86aec6", width: 1.2 },
  sea: { stroke: "#8fb0c4", width: 0.8, fill: "#c6dbe6" },
  lakes: { text: "Lake or sea", stroke: "#8fb0c4", width: 0.8, fill: "#c6dbe6" },
  districts: { text: "Province or district", stroke: "#9d938a", width: 0.8, dash: [1.5, 3], fromZoom: 2.2 },
  borders: { text: "State border", stroke: "#6d6470", width: 1.5, casing: true },
  disputed: { text: "Disputed or former line", stroke: "#8d5d55", width: 1.3, dash: [6, 4] },
};

export function defineBasemapLayer(L, CanvasLayer) {
  const Names = CanvasLayer.extend({
    options: { pane: NAMES_PANE },

    initialize(labels, clip) {
      Object.assign(this, { labels, clip, placed: new Map() });
    },

    redraw() {
      const g = this._canvases[0].getContext("2d");
      const at = cornerOf(this);
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, this.view.width, this.view.height);
      g.setTransform(this.view.dpr, 0, 0, this.view.dpr, at.x * this.view.dpr, at.y * this.view.dpr);
      g.lineJoin = "round";
      for (const name of this.inView()) drawName(g, name);
    },

    names() {
      const zoom = this._map.getZoom();
      if (!this.placed.has(zoom)) {
        const g = this._canvases[0].getContext("2d");
        const measure = (text, font) => {
          g.font = font;
          return g.measureText(text).width;
        };
        this.placed.set(zoom, placeNames(this.labels, cssScale(this), zoom, tileZoom(this.clip), measure));
      }
      return this.placed.get(zoom);
    },

    inView() {
      const at = cornerOf(this);
      const [width, height] = [this.view.width / this.view.dpr, this.view.height / this.view.dpr];
      const seen = ({ box }) => box[2] + at.x > 0 && box[0] + at.x < width && box[3] + at.y > 0 && box[1] + at.y < height;
      return this.names().filter(seen);
    },
  });

  // `data`: {vectors: TopoJSON, deflated, in base64; relief: a WebP picture in base64 or null; options}.
  return CanvasLayer.extend({
    options: { pane: BASE_PANE, labels: true, attribution: "" },

    initialize(data) {
      L.setOptions(this, data.options);
      this.ready = this._open(data);
    },

    async _open({ vectors, relief }) {
      const [topology, picture] = await Promise.all([inflate(fromBase64(vectors)), pictureOf(relief)]);
      this.clip = openClip(JSON.parse(new TextDecoder().decode(topology)));
      this.paths = Object.fromEntries(Object.entries(this.clip.shapes).map(([kind, lines]) => [kind, pathOf(kind, lines)]));
      this.names = new Names(this.clip.labels, this.clip);
      this.picture = picture;
      if (this._map) this._enter();
      return this;
    },

    _enter() {
      if (this.options.labels) this.names.addTo(this._map);
      this.redraw();
    },

    beforeAdd(map) {
      for (const [name, zIndex] of [[BASE_PANE, 150], [NAMES_PANE, 440]]) {
        if (!map.getPane(name)) Object.assign(map.createPane(name).style, { zIndex, pointerEvents: "none" });
      }
    },

    attached(map) {
      this._paper = map.getContainer().style.background;
      map.getContainer().style.background = BEYOND_CLIP;
      if (this.clip) this._enter();
    },

    detached(map) {
      map.getContainer().style.background = this._paper;
      this.names?.remove();
    },

    // What the legend says of the base map: elements to append.
    legend() {
      const rows = Object.entries(GROUND).filter(([kind, style]) => style.text && this.clip.shapes[kind]?.length);
      return [
        ...rows.map(([, style]) => el("div", { className: "cl-entry" }, [groundSwatch(style), el("span", { className: "cl-words", text: style.text })])),
        el("p", { className: "cl-note", text: "Borders are for reference, not endorsement." }),
      ];
    },

    redraw() {
      if (!this.view || !this.clip) return;
      const g = this._canvases[0].getContext("2d");
      const at = cornerOf(this);
      const k = cssScale(this);
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, this.view.width, this.view.height);
      g.setTransform(k * this.view.dpr, 0, 0, k * this.view.dpr, at.x * this.view.dpr, at.y * this.view.dpr);
      g.save();
      g.beginPath();
      g.rect(0, 0, CLIP_UNITS, this.clip.height);
      g.clip(); // the relief's cells reach a little further than the clip
      if (this.picture && this.clip.frame) {
        const [left, top, right, bottom] = this.clip.frame;
        g.imageSmoothingQuality = "high";
        g.drawImage(this.picture, left, top, right - left, bottom - top);
      }
      g.lineJoin = "round";
      g.lineCap = "round";
      const zoom = this._map.getZoom() - tileZoom(this.clip);
      for (const [kind, style] of Object.entries(GROUND)) {
        if (this.paths[kind] && zoom >= (style.fromZoom ?? -Infinity)) drawPath(g, this.paths[kind], style, k / thicker(zoom));
      }
      g.restore();
      meltEdges(g, this.clip.height);
    },
  });
}

// The zoom at which the clip is as wide as one map tile: what is drawn when depends on the theatre's size.
const tileZoom = (clip) => -Math.log2(clip.span);

async function pictureOf(base64) {
  if (!base64) return null;
  try {
    return await createImageBitmap(new Blob([fromBase64(base64)], { type: "image/webp" }));
  } catch (error) {
    console.warn(`base map: the relief cannot be read, the map goes without it (${error.message})`);
    return null;
  }
}

const thicker = (zoom) => Math.max(0.85, Math.min(1.5, 1 + (zoom - 2.5) * 0.12));

// CSS pixels a drawing unit.
const cssScale = (layer) => ((layer.view.world / layer.view.dpr) * layer.clip.span) / CLIP_UNITS;

// Where the clip's north-west corner lies on the canvas, in CSS pixels.
function cornerOf({ view, clip }) {
  return { x: (clip.x0 * view.world - view.left) / view.dpr, y: (clip.y0 * view.world - view.top) / view.dpr };
}

function pathOf(kind, lines) {
  const path = new Path2D();
  for (const line of lines) {
    if (GROUND[kind]?.curved) addCurve(path, line);
    else addCorners(path, line);
    if (GROUND[kind]?.fill) path.closePath();
  }
  return path;
}

function addCorners(path, line) {
  path.moveTo(line[0], line[1]);
  for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
}

// Through the middles of its pieces, bent by its corners: a line from a grid of heights has corners that no stream has.
function addCurve(path, line) {
  path.moveTo(line[0], line[1]);
  const last = line.length - 2;
  for (let i = 2; i < last; i += 2) path.quadraticCurveTo(line[i], line[i + 1], (line[i] + line[i + 2]) / 2, (line[i + 1] + line[i + 3]) / 2);
  path.lineTo(line[last], line[last + 1]);
}

function drawPath(g, path, style, k) {
  if (style.fill) {
    g.fillStyle = style.fill;
    g.fill(path, "evenodd");
  }
  g.setLineDash([]);
  if (style.casing) {
    g.strokeStyle = "rgba(255, 255, 255, 0.6)";
    g.lineWidth = (style.width + 2) / k;
    g.stroke(path);
  }
  g.setLineDash((style.dash ?? []).map((length) => length / k));
  g.strokeStyle = style.stroke;
  g.lineWidth = style.width / k;
  g.stroke(path);
}

// Paper over the rim, thinner and thinner inwards. Painted, not cut out: paper prints, holes in a canvas do not.
function meltEdges(g, height) {
  const rim = CLIP_FADE * CLIP_UNITS;
  const clear = `${BEYOND_CLIP}00`;
  const sides = [[0, 0, rim, 0], [CLIP_UNITS, 0, CLIP_UNITS - rim, 0], [0, 0, 0, rim], [0, height, 0, height - rim]];
  for (const [fromX, fromY, toX, toY] of sides) {
    const gradient = g.createLinearGradient(fromX, fromY, toX, toY);
    gradient.addColorStop(0, BEYOND_CLIP);
    gradient.addColorStop(1, clear);
    g.fillStyle = gradient;
    const [left, right] = [Math.min(fromX, toX), Math.max(fromX, toX)];
    const [top, bottom] = [Math.min(fromY, toY), Math.max(fromY, toY)];
    const over = rim * 0.1; // outwards, where the last pixels are half covered
    if (fromX === toX) g.fillRect(-over, fromY ? top : -over, CLIP_UNITS + 2 * over, bottom - top + over);
    else g.fillRect(fromX ? left : -over, -over, right - left + over, height + 2 * over);
  }
}

function drawName(g, name) {
  if (name.kind === "place") {
    g.beginPath();
    g.arc(name.x, name.y, name.rank === 1 ? 3 : 2.2, 0, 2 * Math.PI);
    g.fillStyle = name.rank === 1 ? NAME_INK.place : NAME_HALO;
    g.strokeStyle = NAME_INK.place;
    g.lineWidth = 1.1;
    g.fill();
    g.stroke();
  }
  Object.assign(g, { font: name.font, textAlign: name.align, textBaseline: "middle", strokeStyle: NAME_HALO, lineWidth: 3.2 });
  g.fillStyle = NAME_INK[name.kind];
  name.lines.forEach((line, i) => {
    g.strokeText(line, name.textX, name.first + i * name.step);
    g.fillText(line, name.textX, name.first + i * name.step);
  });
}

function groundSwatch(style) {
  const canvas = el("canvas", { attrs: { width: 52, height: 20, "aria-hidden": "true" } });
  Object.assign(canvas.style, { width: "26px", height: "10px", flex: "none" });
  const g = canvas.getContext("2d");
  g.scale(2, 2);
  const path = new Path2D();
  if (style.fill) path.rect(1, 1, 24, 8);
  else {
    path.moveTo(0, 5);
    path.lineTo(26, 5);
  }
  drawPath(g, path, style, 1);
  return canvas;
}
