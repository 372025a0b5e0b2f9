// Incidents on two canvases: circles of uncertainty or density below, symbols above.

import { drawDensity } from "./density.mjs";
import { calm, el } from "./dom.mjs";
import { countBy, passing, rowLooks } from "./filters.mjs";
import { incidentPopup, popupRoom, tooltipLine } from "./popup.mjs";
import { draw, hit, inView, inWindow, makeRoom, SPARSE, stackAt } from "./raster.mjs";
import { bindSprite, makeSprite } from "./sprites.mjs";
import { stateOf } from "./state.mjs";
import { valueStyles } from "./styles.mjs";
import { DAY_S, Table } from "./table.mjs";

const RADII = [4.2, 5.6, 7.6, 10]; // CSS pixels by size class
const CIRCLES_UP_TO = 1500;
const DENSITY_FROM = 25_000;
const SLOTS = 31;
const EQUATOR_M = 40075016.686;

export function definePointsLayer(L, CanvasLayer) {
  return CanvasLayer.extend({
    options: { pane: "contactline-points", zIndex: 450, canvases: 2 },

    initialize(bytes, options) {
      L.setOptions(this, options);
      this.styles = options.styles;
      this.ready = Promise.resolve(bytes).then((b) => Table.open(b)).then((table) => this._opened(table));
    },

    _opened(table) {
      this.table = table;
      if (this._map) this._enter();
      return this;
    },

    attached(map) {
      this.ready.catch((error) => this.complain(map, error));
      this.state = stateOf(map);
      this._unlisten = this.state.listen((kind) => this._changed(kind));
      if (this.table) this._enter();
    },

    detached() {
      this._unlisten();
      this.state.sources.delete(this);
      this._tip?.remove();
      this.state.tell("layers");
    },

    moreEvents() {
      return { mousemove: this._hover, click: this._click };
    },

    // Leaflet reads attributions as HTML; ours is text.
    getAttribution() {
      return (this.options.credit ?? "").replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    },

    getBounds() {
      return this.options.bounds ? L.latLngBounds(this.options.bounds) : L.latLngBounds([]);
    },

    _enter() {
      const { table, state } = this;
      if (table.columns.get(state.colorBy)?.kind !== "category") state.colorBy = this.options.colorBy;
      state.sources.add(this);
      if (!this.options.uncertainty) state.circles = false;
      this._restyle();
      this._pass = passing(table, state.masks);
      const span = table.span ?? [table.time(table.placed), table.time(table.unplacedDated - 1)];
      if (Number.isFinite(span[0])) state.cover(span[0] * table.unit, (span[1] + 1) * table.unit, table.unit);
      else state.tell("layers");
      this.later("view");
    },

    _changed(kind) {
      if (!this.table) return;
      if (kind === "color") this._restyle();
      if (kind === "mask" || kind === "span") this._pass = passing(this.table, this.state.masks);
      if (kind !== "layers") this.later(kind === "mask" || kind === "span" ? "view" : "time");
    },

    // Categories of the colouring column: at most 31 on the map, the rest share the last.
    _restyle() {
      const { table, state, styles } = this;
      const asked = table.columns.get(state.colorBy);
      const column = asked?.kind === "category" ? asked : null;
      const values = [null, ...(column?.values ?? [])];
      const counts = countBy(table, column?.name, { pass: null, ranges: [[0, table.placed]] });
      const order = values.map((_, code) => code).sort((a, b) => (b ? counts[b] : Infinity) - (a ? counts[a] : Infinity));
      const slots = new Uint8Array(values.length);
      order.forEach((code, place) => { slots[code] = Math.min(place, SLOTS); });
      const shown = order.slice(0, SLOTS);
      const found = valueStyles(styles, state.colorBy, shown.map((code) => values[code]));
      this.categories = shown.map((code, k) => ({ code, value: values[code], ...found[k] }));
      this.looks = rowLooks(table, { colorBy: column?.name, slots });
      this._sprites = null;
    },

    // Symbols for the looks that occur, at the size that suits zoom and crowd; kept as long as the view stays as wide.
    _bindSprites() {
      const { dpr, width } = this.view;
      const zoomed = this.count > SPARSE ? 0.7 : this._zoom < 8 ? 1 : this._zoom < 10 ? 1.12 : 1.3;
      if (this._sprites?.width !== width || this._sprites.dpr !== dpr) this._sprites = { width, dpr, sets: new Map() };
      const { sets } = this._sprites;
      if (!sets.has(zoomed)) sets.set(zoomed, this._makeSprites(dpr * zoomed, this.count > SPARSE ? dpr * 0.4 : dpr, width));
      return sets.get(zoomed);
    },

    _makeSprites(scale, halo, width) {
      const used = new Uint8Array(256);
      for (const look of this.looks) used[look] = 1;
      return Array.from(used, (occurs, look) => {
        if (!occurs) return null;
        const style = this.categories[look >> 3] ?? { color: "#8a8a8a", shape: "circle" };
        const sprite = makeSprite({ ...style, radius: RADII[(look >> 1) & 3] * scale, halo, hollow: (look & 1) === 1 });
        return bindSprite(sprite, width);
      });
    },

    redraw(kind) {
      if (!this.table || !this.looks || this.state.first === null) return;
      const started = performance.now();
      if (kind === "view" || !this._points) this._find();
      this._window = this._windowOf();
      const { from, to, extra } = this._window;
      this.count = to - from + (extra?.length ?? 0);
      const under = this._canvases[0].getContext("2d");
      under.clearRect(0, 0, this.view.width, this.view.height);
      const { density } = this.state;
      this.dense = density === "on" || (density === "auto" && this.count > DENSITY_FROM);
      if (this.dense) this._drawDensity(under);
      else this._drawSymbols(under);
      this.milliseconds = performance.now() - started;
      this.fire("drawn");
    },

    _find() {
      const { table } = this;
      const { width, height, world, left, top, dpr } = this.view;
      const { x, y, step } = table.space;
      const view = {
        width, height, margin: 20 * dpr, scaleX: step * world, scaleY: step * world,
        offsetX: x * world - left, offsetY: y * world - top,
      };
      this._room ??= makeRoom(table.dated);
      this._points = inView({ x: table.x, y: table.y, count: table.dated, view, pass: this._pass, room: this._room });
    },

    _windowOf() {
      const { table, state, _points: points } = this;
      const from = Math.floor(state.range.from / table.unit);
      const to = Math.ceil(state.range.to / table.unit);
      const start = from - table.first + 1;
      return inWindow({
        rows: points.rows,
        firstRow: table.lowerBound(from),
        lastRow: table.lowerBound(to),
        earlyRow: table.lowerBound(from - table.longest),
        keepEarly: (row) => table.start[row] + table.lasts(row) >= start,
        keep: this.knownTest(),
      });
    },

    // What counting the rows on show needs to know.
    asked() {
      return { table: this.table, state: this.state, knownTest: this.knownTest() };
    },

    // "As known on": only what had been reported by the end of the day of the slider.
    knownTest() {
      const known = this.state.known && this.table.columns.get("known");
      if (!known) return null;
      const until = Math.ceil(this.state.range.to / DAY_S) - known.start;
      return (row) => known.codes[row] <= until;
    },

    _drawDensity(under) {
      const upper = this._canvases[1];
      upper.getContext("2d").clearRect(0, 0, upper.width, upper.height);
      this._cells = drawDensity(under, { points: this._points, window: this._window, view: this.view });
    },

    _drawSymbols(under) {
      const { width, height } = this.view;
      const context = this._canvases[1].getContext("2d");
      if (this._image?.width !== width || this._image.height !== height) {
        this._image = context.createImageData(width, height);
        this._pixels = new Uint32Array(this._image.data.buffer);
        this._ids = new Uint32Array(width * height);
      }
      draw({
        canvas: this._pixels, ids: this._ids, points: this._points, window: this._window,
        looks: this.looks, sprites: this._bindSprites(), width, block: Math.round(3 * this.view.dpr),
      });
      context.putImageData(this._image, 0, 0);
      if (this.count <= CIRCLES_UP_TO) {
        if (this.state.circles) this._drawCircles(under);
        this._drawStacks(context);
      }
      this._drawChosen(context);
    },

    _eachVisible(visit) {
      const { from, to, extra } = this._window;
      if (extra) extra.forEach(visit);
      for (let k = from; k < to; k++) visit(k);
    },

    _drawCircles(under) {
      const { table, view, _points: points } = this;
      const radius = table.columns.get("radius_km");
      if (!radius) return;
      const metre = view.world / (EQUATOR_M * Math.cos((this._map.getCenter().lat * Math.PI) / 180));
      const done = new Set();
      under.lineWidth = view.dpr * 0.8;
      this._eachVisible((k) => {
        const row = points.rows[k];
        const pixel = points.pixels[k];
        const r = ((radius.codes[row] - 1) * radius.step + radius.start) * 1000 * metre;
        const key = pixel * 1024 + (radius.codes[row] & 1023);
        if (!(r > 7 * view.dpr) || r > 4 * view.width || done.has(key)) return;
        done.add(key);
        const { color } = this.categories[this.looks[row] >> 3] ?? { color: "#8a8a8a" };
        under.beginPath();
        under.arc(pixel % view.width, Math.floor(pixel / view.width), r, 0, 2 * Math.PI);
        under.fillStyle = `${color}0d`;
        under.strokeStyle = `${color}59`;
        under.fill();
        under.stroke();
      });
    },

    // Several incidents of one place share a symbol: how many stands beside it.
    _drawStacks(context) {
      const { width, dpr } = this.view;
      const stacks = new Map();
      this._eachVisible((k) => stacks.set(this._points.pixels[k], (stacks.get(this._points.pixels[k]) ?? 0) + 1));
      Object.assign(context, { font: `600 ${10.5 * dpr}px system-ui, sans-serif`, textAlign: "left", textBaseline: "middle", lineJoin: "round" });
      Object.assign(context, { lineWidth: 3 * dpr, strokeStyle: "#ffffff", fillStyle: "#1d1d1f" });
      for (const [pixel, count] of stacks) {
        if (count < 2) continue;
        const at = [(pixel % width) + 5.5 * dpr, Math.floor(pixel / width) - 6.5 * dpr];
        context.strokeText(count, ...at);
        context.fillText(count, ...at);
      }
    },

    _drawChosen(context) {
      if (this.chosen === undefined || this.chosen === null) return;
      const k = this._points.rows.indexOf(this.chosen);
      if (k < 0) return;
      const { width, dpr } = this.view;
      const pixel = this._points.pixels[k];
      for (const [color, line] of [["#ffffff", 4], ["#111111", 2]]) {
        context.beginPath();
        context.arc(pixel % width, Math.floor(pixel / width), 13 * dpr, 0, 2 * Math.PI);
        context.lineWidth = line * dpr;
        context.strokeStyle = color;
        context.stroke();
      }
    },

    latLng(row) {
      const { x, y, step } = this.table.space;
      const u = x + this.table.x[row] * step;
      const v = y + this.table.y[row] * step;
      return L.latLng((Math.atan(Math.sinh(Math.PI * (1 - 2 * v))) * 180) / Math.PI, u * 360 - 180);
    },

    // Rows under a point of the container, latest first.
    rowsAt(point) {
      if (!this._ids || this.dense || !this._window) return [];
      const [px, py] = this.pixelOf(point);
      const reach = Math.round((L.Browser.touch && !L.Browser.pointer ? 16 : 8) * this.view.dpr);
      const k = hit(this._ids, this.view.width, this.view.height, px, py, reach);
      return k < 0 ? [] : stackAt(this._points, this._window, this._points.pixels[k]);
    },

    _hover(event) {
      const cells = this.dense && this._cells ? this._cells.at(...this.pixelOf(event.containerPoint)) : 0;
      const rows = this.dense ? [] : this.rowsAt(event.containerPoint);
      this._map.getContainer().classList.toggle("cl-pointing", rows.length > 0 || cells > 0);
      if (!rows.length && !cells) return void this._tip?.remove();
      this._tip ??= L.tooltip({ direction: "top", offset: [0, -8], className: "cl-tip" });
      const text = cells ? `about ${cells} incidents here; zoom in to see each` : tooltipLine(this, rows);
      this._tip.setLatLng(cells ? event.latlng : this.latLng(rows[0])).setContent(el("span", { text })).addTo(this._map);
    },

    _click(event) {
      if (this.dense && this._cells?.at(...this.pixelOf(event.containerPoint))) {
        return void this._map.setView(event.latlng, this._map.getZoom() + 2);
      }
      const rows = this.rowsAt(event.containerPoint);
      if (rows.length) this.open(rows);
    },

    // Show one or several rows of one place.
    async open(rows, { pan = false } = {}) {
      this._tip?.remove();
      const at = this.latLng(rows[0]);
      if (pan && !this._map.getBounds().contains(at)) this._map.setView(at, Math.max(this._map.getZoom(), 9));
      const content = await this.describe(rows);
      const popup = L.popup({ className: "cl-popup", ...popupRoom(this._map.getContainer()) });
      popup.setLatLng(at).setContent(content).openOn(this._map);
      popup.on("remove", () => this.choose(null));
    },

    // The words about one or several rows; tells who listens which incident is being read.
    describe(rows) {
      const show = async (place) => {
        const record = await this.table.record(rows[place]);
        this.choose(rows[place]);
        this.fire("pick", { row: rows[place], incident_id: record.incident_id ?? null });
        return record;
      };
      return incidentPopup({ rows, show, styles: this.styles, state: this.state, unit: this.table.unit });
    },

    choose(row) {
      this.chosen = row;
      if (this._map) this.later("time");
    },

    // Mark the incident with this id and bring it into view, as when it was picked in a list beside the map.
    async chooseId(id) {
      const row = id === null ? null : await this.table.rowOf("incident_id", id);
      this.choose(row);
      if (row === null || row < 0 || row >= this.table.placed || !this._map) return;
      const at = this.latLng(row);
      if (!this._map.getBounds().pad(-0.1).contains(at)) this._map.panTo(at, { animate: !calm() });
    },
  });
}
