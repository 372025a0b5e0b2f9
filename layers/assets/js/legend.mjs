// The legend is the filter: every entry has a box to tick, a symbol, its words and how many are on show.

import { rampColor } from "./density.mjs";
import { el, number } from "./dom.mjs";
import { areaSwatch, lineSwatch, symbolSwatch } from "./swatch.mjs";
import { countBy, windowRows } from "./filters.mjs";
import { hatch, INK, LINES } from "./front_layer.mjs";
import { stateOf } from "./state.mjs";
import { fieldLabel, sideColor, valueLabel, valueStyle } from "./styles.mjs";

const MANY = 12; // entries shown before "… more"
const words = (text) => el("span", { className: "cl-words", text, attrs: { dir: "auto" } });

export class Legend {
  constructor(map, { styles, title = "", note = "", open = null }) {
    Object.assign(this, { map, styles, note });
    this.state = stateOf(map);
    const wide = map.getContainer().clientWidth > 720;
    this.body = el("div", { className: "cl-legend-body" });
    this.panel = el("details", { className: "cl-legend", attrs: { open: open ?? wide } }, [
      el("summary", { text: title || "Legend and filters", attrs: { dir: "auto" } }), this.body,
    ]);
    this.corner(map);
    this.unlisten = this.state.listen((kind) => {
      if (["layers", "span", "color", "mask"].includes(kind)) this.later();
      if (kind === "counted") this.recount();
    });
    this.later();
  }

  corner(map) {
    this.control = L.control({ position: "topright" });
    this.control.onAdd = () => {
      L.DomEvent.disableClickPropagation(this.panel);
      L.DomEvent.disableScrollPropagation(this.panel);
      return this.panel;
    };
    this.control.addTo(map);
  }

  remove() {
    this.unlisten();
    this.control.remove();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.build(), 30);
  }

  build() {
    const layers = [...this.state.sources];
    this.counters = [];
    const parts = [];
    if (layers.length) parts.push(...this.incidents(layers));
    if (this.state.fronts.size) parts.push(this.fronts());
    parts.push(...this.ground());
    if (this.note) parts.push(el("p", { className: "cl-note", text: this.note, attrs: { dir: "auto" } }));
    this.keepOpen(parts);
    this.recount();
  }

  // Building anew must not close what the reader has opened, nor lose the key focus.
  keepOpen(parts) {
    const open = new Set([...this.body.querySelectorAll("details[open][data-key]")].map((d) => d.dataset.key));
    const focus = this.body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.body.replaceChildren(...parts);
    for (const d of this.body.querySelectorAll("details[data-key]")) if (open.has(d.dataset.key)) d.open = true;
    if (focus) this.body.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
  }

  incidents(layers) {
    const { state, styles } = this;
    const fields = styles.filters.filter((f) => layers.some(({ table }) => table.columns.has(f)));
    if (state.colorBy && !fields.includes(state.colorBy)) fields.unshift(state.colorBy);
    const select = el("select", { attrs: { "aria-label": "Colour by", "data-key": "color-by" }, on: { change: () => state.set({ colorBy: select.value }, "color") } },
      fields.map((f) => el("option", { text: fieldLabel(styles, f), attrs: { value: f } })));
    select.value = state.colorBy ?? "";
    const others = fields.filter((f) => f !== state.colorBy);
    const hidden = others.some((f) => state.masks[f]?.size);
    return [
      el("label", { className: "cl-color-by" }, [el("span", { text: "Colour by" }), select]),
      this.entries(layers, state.colorBy, true),
      el("details", { className: "cl-filters", attrs: { "data-key": "filters", open: hidden } }, [
        el("summary", { text: "Filters", attrs: { "data-key": "filters-summary" } }),
        ...others.map((f) => el("fieldset", {}, [el("legend", { text: fieldLabel(styles, f) }), this.entries(layers, f, false)])),
      ]),
      this.signs(layers),
    ];
  }

  // Values of a column over all layers, most frequent first.
  values(layers, field) {
    const counts = new Map();
    for (const { table } of layers) {
      const column = table.columns.get(field);
      if (!column) continue;
      const found = countBy(table, field, { pass: null, ranges: [[0, table.rows]] });
      [null, ...column.values].forEach((v, code) => { if (found[code]) counts.set(v, (counts.get(v) ?? 0) + found[code]); });
    }
    return [...counts].sort((a, b) => (a[0] === null) - (b[0] === null) || b[1] - a[1]).map(([value]) => value);
  }

  entries(layers, field, colored) {
    const { state, styles } = this;
    const values = this.values(layers, field);
    const lines = values.map((value) => {
      const key = value ?? "";
      const box = el("input", {
        attrs: { type: "checkbox", "data-key": `${field}:${key}` },
        on: { change: () => { state.untouched = false; state.hide(field, key, !box.checked); } },
      });
      box.checked = !state.masks[field]?.has(key);
      const count = el("span", { className: "cl-n" });
      this.counters.push({ field, value, count });
      const known = layers[0].categories?.find((c) => c.value === value);
      const style = colored ? (known ?? valueStyle(styles, field, value)) : null;
      return el("label", { className: "cl-entry" }, [box, style && symbolSwatch(style), words(valueLabel(styles, field, value)), count]);
    });
    const box = el("div", { className: "cl-entries" }, lines.slice(0, MANY));
    if (lines.length > MANY) {
      box.append(el("details", { attrs: { "data-key": `more:${field}` } }, [el("summary", { text: `${lines.length - MANY} more` }), ...lines.slice(MANY)]));
    }
    return box;
  }

  signs(layers) {
    const { state, styles } = this;
    const lines = [];
    const style = { color: "#555555", shape: "circle" };
    const line = (swatch, text) => lines.push(el("div", { className: "cl-entry" }, [swatch, el("span", { className: "cl-words", text })]));
    const denied = ({ table }) => table.columns.get("claim_status")?.values.includes("denied");
    if (layers.some(denied)) line(symbolSwatch(style, { hollow: true }), "hollow: the other side denies it");
    if (layers.some(({ table }) => table.columns.has("deaths_best"))) line(symbolSwatch(style, { radius: 7.5 }), "larger: 1, 10, 50 or more deaths");
    if (layers.some(({ table }) => table.columns.has("radius_km"))) lines.push(this.toggle("circles", "circle: where it may have been"));
    const density = el("select", { attrs: { "aria-label": "Symbols or density", "data-key": "density" }, on: { change: () => state.set({ density: density.value }) } },
      [["auto", "density where crowded"], ["off", "always symbols"], ["on", "always density"]].map(([v, text]) => el("option", { text, attrs: { value: v } })));
    density.value = state.density;
    const ramp = areaSwatch((c) => {
      for (let x = 0; x < 18; x++) {
        c.fillStyle = `rgb(${rampColor(x / 17).join()})`;
        c.fillRect(x, 0, 1.2, 12);
      }
    });
    lines.push(el("div", { className: "cl-entry" }, [ramp, density]));
    return el("div", { className: "cl-signs" }, lines);
  }

  toggle(key, text) {
    const { state } = this;
    const box = el("input", { attrs: { type: "checkbox", "data-key": key }, on: { change: () => state.set({ [key]: box.checked }) } });
    box.checked = state[key];
    return el("label", { className: "cl-entry" }, [box, el("span", { className: "cl-words", text })]);
  }

  fronts() {
    const { styles } = this;
    const features = [...this.state.fronts].flatMap(({ table }) => table.features);
    const has = (kind, status) => features.some((f) => f.kind === kind && f.status === status);
    const lines = [...this.state.fronts].flatMap(({ table }) => table.sides).filter((s, k, all) => all.indexOf(s) === k).map((side) => {
      const color = sideColor(styles, side);
      const swatch = areaSwatch((c) => { c.fillStyle = `${color}40`; c.fill(); c.strokeStyle = color; c.stroke(); });
      return el("div", { className: "cl-entry" }, [swatch, words(`held by ${valueLabel(styles, "claimant_side", side)}`)]);
    });
    const line = (swatch, text) => lines.push(el("div", { className: "cl-entry" }, [swatch, el("span", { className: "cl-words", text })]));
    if (has("area", "contested")) line(areaSwatch((c) => { c.fillStyle = hatch(c, "#555555", 1); c.fill(); c.strokeStyle = "#999"; c.stroke(); }), "contested");
    for (const [status, { dash, label }] of Object.entries(LINES)) if (has("line", status)) line(lineSwatch(dash, INK), label);
    line(lineSwatch([5, 3], "#5f6368", 1.3), "front before the window");
    lines.push(this.toggle("change", "tint what changed hands since"));
    if (features.some((f) => f.band_km)) lines.push(this.toggle("band", "band that holds the front, 90 %"));
    return el("div", { className: "cl-fronts" }, lines);
  }

  // What a base map says about its own signs.
  ground() {
    const lines = [];
    this.map.eachLayer((layer) => {
      if (!layer.legend || !layer.ready) return;
      const summary = el("summary", { text: "Base map", attrs: { "data-key": "ground-summary" } });
      const box = el("details", { className: "cl-ground", attrs: { "data-key": "ground" } }, [summary]);
      layer.ready.then(() => box.append(...layer.legend()));
      lines.push(box);
    });
    return lines;
  }

  recount() {
    const layers = [...this.state.sources];
    const sums = new Map();
    for (const field of new Set((this.counters ?? []).map((c) => c.field))) {
      const sum = new Map();
      for (const layer of layers) {
        const { placed, unplaced, keep } = windowRows(layer.asked());
        const column = layer.table.columns.get(field);
        const found = countBy(layer.table, field, {
          pass: layer._pass, keep, ranges: [placed.range, unplaced.range], rows: [...placed.rows, ...unplaced.rows],
        });
        [null, ...(column?.values ?? [])].forEach((v, code) => sum.set(v, (sum.get(v) ?? 0) + found[code]));
      }
      sums.set(field, sum);
    }
    for (const { field, value, count } of this.counters ?? []) count.textContent = number(sums.get(field).get(value) ?? 0);
  }
}
