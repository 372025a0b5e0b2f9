// The front of the day. Areas are tinted by side, what is doubtful is hatched or broken; the front before the window
// stays as a pale line, and what changed hands since then is tinted more strongly.

import { dayText, el } from "./dom.mjs";
import { FrontTable } from "./front_table.mjs";
import { popupRoom } from "./popup.mjs";
import { stateOf } from "./state.mjs";
import { sideColor, valueLabel } from "./styles.mjs";
import { DAY_S } from "./table.mjs";

export const LINES = {
  assessed: { dash: [], width: 2.6, label: "Front, assessed" },
  claimed: { dash: [9, 5], width: 2.4, label: "Front, claimed" },
  disputed: { dash: [0.1, 5], width: 3, label: "Front, disputed" },
};
export const INK = "#1d1d1f";
const TINT = { assessed: 0.17, claimed: 0.1 };

export function hatch(context, color, scale, turned = false) {
  const size = Math.round(7 * scale);
  const tile = document.createElement("canvas");
  Object.assign(tile, { width: size, height: size });
  const pen = tile.getContext("2d");
  pen.strokeStyle = color;
  pen.lineWidth = 1.2 * scale;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(turned ? size + shift : shift, 0);
    pen.lineTo(turned ? shift : size + shift, size);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

export function defineFrontLayer(L, CanvasLayer) {
  return CanvasLayer.extend({
    options: { pane: "contactline-front", zIndex: 350 },

    initialize(bytes, options) {
      L.setOptions(this, options);
      this.styles = options.styles;
      this.ready = Promise.resolve(bytes).then((b) => FrontTable.open(b)).then((table) => {
        this.table = table;
        if (this._map) this._enter();
        return this;
      });
    },

    attached(map) {
      this.ready.catch((error) => this.complain(map, error));
      this.state = stateOf(map);
      this._unlisten = this.state.listen((kind) => {
        if (this.table && ["time", "span"].includes(kind)) this.later("time");
      });
      if (this.table) this._enter();
    },

    detached() {
      this._unlisten();
      this.state.fronts.delete(this);
      this.state.tell("layers");
    },

    moreEvents() {
      return { click: this._click };
    },

    _enter() {
      this.state.fronts.add(this);
      const { days } = this.table;
      if (days.length) this.state.cover(days[0], days.at(-1) + DAY_S);
      this.state.tell("layers");
      this.later("view");
    },

    redraw(kind) {
      const { table, state } = this;
      if (!table || state.first === null) return;
      if (kind === "view" || !this._paths) this._project();
      const context = this._canvases[0].getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.view.width, this.view.height);
      this.day = table.dayAt(state.time);
      this.before = state.window ? table.dayAt(state.range.from - DAY_S) : 0;
      if (this.day < 0) return;
      const features = table.on(this.day, state.known);
      this._drawAreas(context, features);
      if (state.change && this.before >= 0 && this.before < this.day) this._drawChange(context);
      this._drawLines(context, features);
      this.fire("drawn");
    },

    // Corners to pixels once a view; paths are made when first drawn.
    _project() {
      const { world, left, top } = this.view;
      this._px = Float32Array.from(this.table.x, (x) => x * world - left);
      this._py = Float32Array.from(this.table.y, (y) => y * world - top);
      this._paths = new Map();
    },

    _path(feature) {
      if (this._paths.has(feature)) return this._paths.get(feature);
      const path = new Path2D();
      for (const number of feature.rings) {
        const run = this.table.runs[number];
        path.moveTo(this._px[run[0]], this._py[run[0]]);
        for (let k = 1; k < run.length; k++) path.lineTo(this._px[run[k]], this._py[run[k]]);
        if (feature.kind === "area") path.closePath();
      }
      this._paths.set(feature, path);
      return path;
    },

    _drawAreas(context, features) {
      for (const feature of features) {
        if (feature.kind !== "area") continue;
        const color = sideColor(this.styles, feature.side);
        const path = this._path(feature);
        context.globalAlpha = feature.status === "contested" ? 0.5 : (TINT[feature.status] ?? 0.11);
        context.fillStyle = feature.status === "contested" ? hatch(context, color, this.view.dpr) : color;
        context.fill(path, "evenodd");
        if (feature.status === "claimed") {
          context.globalAlpha = 0.25;
          context.fillStyle = hatch(context, color, this.view.dpr, true);
          context.fill(path, "evenodd");
        }
      }
      context.globalAlpha = 1;
    },

    // What a side holds now and did not hold before the window: its area today, less its area then.
    _drawChange(context) {
      const now = this.table.on(this.day, this.state.known);
      const then = this.table.on(this.before, this.state.known);
      for (const side of this.table.sides) {
        const mine = (f) => f.kind === "area" && f.side === side && f.status !== "contested";
        const same = (a, b) => a.length === b.length && a.every((f, k) => f.rings.join() === b[k].rings.join());
        if (same(now.filter(mine), then.filter(mine))) continue;
        const sheet = this._clearSheet();
        sheet.fillStyle = sideColor(this.styles, side);
        for (const feature of now.filter(mine)) sheet.fill(this._path(feature), "evenodd");
        sheet.globalCompositeOperation = "destination-out";
        for (const feature of then.filter(mine)) sheet.fill(this._path(feature), "evenodd");
        context.globalAlpha = 0.3;
        context.drawImage(this._sheet, 0, 0);
      }
      context.globalAlpha = 1;
      this._stroke(context, then.filter((f) => f.kind === "line"), { color: "#5f6368", width: 1.3, alpha: 0.75, dash: [5, 3], plain: true });
    },

    // A band of `band_km` to either side of a line: where it runs in nine cases of ten. Bands that overlap are one.
    _drawBands(context, lines) {
      const equator = 40075016.686 * Math.cos((this._map.getCenter().lat * Math.PI) / 180);
      const sheet = this._clearSheet();
      sheet.strokeStyle = INK;
      sheet.lineJoin = "round";
      for (const line of lines) {
        sheet.lineWidth = Math.max(0.1, (2000 * (line.band_km ?? 0) * this.view.world) / equator);
        sheet.stroke(this._path(line));
      }
      context.globalAlpha = 0.16;
      context.drawImage(this._sheet, 0, 0);
      context.globalAlpha = 1;
    },

    _clearSheet() {
      this._sheet ??= document.createElement("canvas");
      Object.assign(this._sheet, { width: this.view.width, height: this.view.height }); // a new size, even the same, clears
      return this._sheet.getContext("2d");
    },

    _drawLines(context, features) {
      const lines = features.filter((f) => f.kind === "line");
      if (this.state.band) this._drawBands(context, lines);
      this._stroke(context, lines, { color: "#ffffff", width: 5.4, alpha: 0.8, dash: [], plain: true });
      for (const feature of lines) {
        const style = LINES[feature.status] ?? LINES.disputed;
        this._stroke(context, [feature], { color: INK, width: style.width, alpha: 1, dash: style.dash });
      }
    },

    _stroke(context, features, { color, width, alpha, dash }) {
      const { dpr } = this.view;
      context.globalAlpha = alpha;
      context.strokeStyle = color;
      context.lineWidth = width * dpr * (this._zoom < 8 ? 0.6 : this._zoom < 10 ? 0.8 : 1);
      context.lineJoin = "round";
      context.lineCap = dash.length && dash[0] >= 1 ? "butt" : "round";
      context.setLineDash(dash.map((d) => d * dpr));
      for (const feature of features) context.stroke(this._path(feature));
      context.setLineDash([]);
      context.globalAlpha = 1;
    },

    // A click that meets no incident tells who holds the place, since when, and on whose word.
    _click(event) {
      for (const layer of this.state.sources) {
        if (layer.rowsAt(event.containerPoint).length || layer.dense) return;
      }
      const [px, py] = this.pixelOf(event.containerPoint);
      const context = this._canvases[0].getContext("2d");
      const found = this.table.on(this.day, this.state.known).filter((f) => f.kind === "area" && context.isPointInPath(this._path(f), px, py, "evenodd"));
      if (!found.length) return;
      L.popup({ className: "cl-popup", ...popupRoom(this._map.getContainer()) }).setLatLng(event.latlng).setContent(this._about(found)).openOn(this._map);
    },

    _about(found) {
      const { styles, table, day } = this;
      const blocks = found.map((f) => {
        const claims = String(f.basis_claim_ids ?? "").split("; ").filter(Boolean);
        const since = f.from > 0 ? `in this shape since ${dayText(table.days[f.from])}` : "in this shape from the start";
        return el("div", { className: "cl-holding" }, [
          el("strong", { text: f.status === "contested" ? "Contested" : valueLabel(styles, "claimant_side", f.side ?? null), attrs: { dir: "auto" } }),
          el("div", { text: `${f.status} · ${since}${f.confidence === undefined ? "" : ` · confidence ${f.confidence.toFixed(2)}`}` }),
          claims.length ? el("details", {}, [el("summary", { text: `rests on ${claims.length} claims` }), el("ul", {}, claims.map((c) => el("li", { text: c })))]) : null,
          f.source ? el("div", { className: "cl-faint", text: `${f.source}${f.licence ? ` (${f.licence})` : ""}`, attrs: { dir: "auto" } }) : null,
        ]);
      });
      return el("div", { className: "cl-popup-body" }, [el("div", { className: "cl-faint", text: `Held on ${dayText(table.days[day])}` }), ...blocks]);
    },
  });
}
