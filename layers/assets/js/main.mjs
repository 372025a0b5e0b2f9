// What pages may call: `contactline.points(id)`, `.fronts(id)`, `.timeline(map, options)`, `.legend(…)`, `.mount(…)`.

import { About } from "./about.mjs";
import { defineBasemapLayer } from "./basemap_layer.mjs";
import { defineCanvasLayer } from "./canvas_layer.mjs";
import { defineFrontLayer } from "./front_layer.mjs";
import { Legend } from "./legend.mjs";
import { Listing } from "./listing.mjs";
import { fitBox, mountPanel, showPanel, storeParts } from "./map_panel.mjs";
import { definePointsLayer } from "./points_layer.mjs";
import { stateOf } from "./state.mjs";
import { definePrinting } from "./print.mjs";
import { takeBytes } from "./table.mjs";
import { Timeline } from "./timeline.mjs";

const CanvasLayer = defineCanvasLayer(L);
const Basemap = defineBasemapLayer(L, CanvasLayer);
const PointsLayer = definePointsLayer(L, CanvasLayer);
const FrontLayer = defineFrontLayer(L, CanvasLayer);
definePrinting(L);

const json = (id) => JSON.parse(document.getElementById(id).textContent);

// The options of an element; styles stand once in the page, however many elements use them.
const withStyles = (options) => (typeof options.styles === "string" ? { ...options, styles: json(options.styles) } : options);
const optionsOf = (id) => withStyles(json(`${id}_options`));

const made = {
  PointsLayer,
  FrontLayer,
  json,
  basemap: (data) => new Basemap(data),
  stateOf,
  points: (id) => new PointsLayer(takeBytes(`${id}_data`), optionsOf(id)),
  fronts: (id) => new FrontLayer(takeBytes(`${id}_data`), optionsOf(id)),
  timeline: (map, options) => new Timeline(map, options),
  legend: (map, options) => new Legend(map, withStyles(options)),
  fit: fitBox,
  listing: (map, options) => new Listing(map, withStyles(options)),
  about: (map, manifest) => new About(map, manifest),
  store: storeParts,
  mount: (args) => mountPanel(args, made),
  panel: (args) => showPanel(args, made),
};
globalThis.contactline = Object.assign(globalThis.contactline ?? {}, made);
