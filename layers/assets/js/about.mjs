// What this map was made from: versions, hashes, filter, sources and licences, readable in the page.

import { el } from "./dom.mjs";

function value(item) {
  if (Array.isArray(item)) return el("ul", {}, item.map((entry) => el("li", {}, [value(entry)])));
  if (item && typeof item === "object") return table(item);
  return el("span", { text: item ?? "–", attrs: { dir: "auto" } });
}

function table(object) {
  const rows = Object.entries(object).flatMap(([key, item]) => [el("dt", { text: key.replaceAll("_", " ") }), el("dd", {}, [value(item)])]);
  return el("dl", {}, rows);
}

export class About {
  constructor(map, manifest) {
    const panel = el("aside", { className: "cl-about", attrs: { hidden: true, "aria-label": "About this map" } });
    const toggle = () => {
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
    };
    const close = el("button", { className: "cl-close", text: "×", attrs: { type: "button", "aria-label": "Close" }, on: { click: toggle } });
    const button = el("button", { text: "About", attrs: { type: "button", "aria-expanded": "false", title: "What this map was made from" }, on: { click: toggle } });
    panel.append(close, el("h3", { text: "About this map" }), table(manifest));
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") toggle(); });
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const box = el("div", { className: "leaflet-bar cl-list-control" }, [button]);
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(map);
    L.DomEvent.disableClickPropagation(panel);
    L.DomEvent.disableScrollPropagation(panel);
    map.getContainer().append(panel);
  }
}
