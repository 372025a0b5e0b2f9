// All incidents of the window as a list that keys and screen readers can walk, with those that have no place or no date.

import { dayText, el, number } from "./dom.mjs";
import { stateOf } from "./state.mjs";
import { valueLabel, valueStyle } from "./styles.mjs";
import { symbolSwatch } from "./swatch.mjs";
import { windowRows } from "./filters.mjs";

const PAGE = 100;

export class Listing {
  constructor(map, { styles }) {
    Object.assign(this, { map, styles });
    this.state = stateOf(map);
    const attrs = { type: "button", "aria-expanded": "false", title: "List the incidents on show" };
    this.button = el("button", { className: "cl-list-button", text: "List", attrs, on: { click: () => this.toggle() } });
    this.control = L.control({ position: "topleft" });
    this.control.onAdd = () => {
      const box = el("div", { className: "leaflet-bar cl-list-control" }, [this.button]);
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    this.control.addTo(map);
    this.panel = el("aside", { className: "cl-list", attrs: { "aria-label": "Incidents on show", hidden: true }, on: {
      keydown: (event) => { if (event.key === "Escape") this.toggle(); },
    } });
    L.DomEvent.disableClickPropagation(this.panel);
    L.DomEvent.disableScrollPropagation(this.panel);
    map.getContainer().append(this.panel);
    this.unlisten = this.state.listen((kind) => { if (kind === "counted" || kind === "layers") this.fill(); });
  }

  remove() {
    this.unlisten();
    this.control.remove();
    this.panel.remove();
  }

  toggle() {
    this.panel.hidden = !this.panel.hidden;
    this.button.setAttribute("aria-expanded", String(!this.panel.hidden));
    this.fill();
    if (this.panel.hidden) this.button.focus();
    else this.panel.querySelector("button")?.focus();
  }

  fill() {
    const layers = [...this.state.sources];
    this.control.getContainer().hidden = !layers.length;
    if (this.panel.hidden) return;
    const close = el("button", { className: "cl-close", text: "×", attrs: { type: "button", "aria-label": "Close the list" }, on: { click: () => this.toggle() } });
    this.panel.replaceChildren(close, ...layers.flatMap((layer) => this.sections(layer)));
  }

  sections(layer) {
    const { table, _pass: pass } = layer;
    const { placed, unplaced, keep } = windowRows(layer.asked());
    const shown = (i) => (!pass || pass[i]) && (!keep || keep(i));
    const rows = ([from, to], early = []) => {
      const found = [];
      for (let i = to - 1; i >= from; i--) if (shown(i)) found.push(i);
      return [...found, ...early.filter(shown).reverse()];
    };
    return [
      this.section(layer, "On the map", rows(placed.range, placed.rows), true),
      this.section(layer, "Without a place", rows(unplaced.range, unplaced.rows)),
      this.section(layer, "Without a date", [...rows([table.dated, table.placed]), ...rows([table.unplacedDated, table.rows])]),
    ];
  }

  section(layer, title, rows, always = false) {
    if (!rows.length && !always) return null;
    const list = el("ol", {});
    const more = el("button", { className: "cl-more", attrs: { type: "button" }, on: { click: () => add() } });
    const add = () => {
      for (const row of rows.slice(list.children.length, list.children.length + PAGE)) list.append(this.item(layer, row));
      more.hidden = list.children.length >= rows.length;
      more.textContent = `${number(rows.length - list.children.length)} more`;
    };
    add();
    return el("section", {}, [el("h3", { text: `${title} (${number(rows.length)})` }), list, more]);
  }

  item(layer, row) {
    const { table } = layer;
    const { styles } = this;
    const type = table.value("event_type", row);
    const time = table.time(row);
    const line = el("button", { attrs: { type: "button" }, on: { click: () => this.show(layer, row, line) } }, [
      symbolSwatch(valueStyle(styles, "event_type", type), { hollow: table.value("claim_status", row) === "denied" }),
      el("span", { text: `${valueLabel(styles, "event_type", type)}` }),
      el("span", { className: "cl-faint", text: time === null ? "date unknown" : dayText(time * table.unit, { year: false }) }),
      el("span", { className: "cl-faint cl-where", attrs: { dir: "auto" } }),
    ]);
    table.record(row).then((record) => { line.lastChild.textContent = record.place_names ?? record.place_name ?? "no named place"; });
    return el("li", {}, [line]);
  }

  // On the map: open its popup. Elsewhere: unfold it below its line.
  async show(layer, row, line) {
    if (row < layer.table.dated) return layer.open([row], { pan: true });
    const item = line.parentElement;
    if (item.children.length > 1) return item.lastChild.remove();
    return layer.describe([row]).then((content) => item.append(content));
  }
}
