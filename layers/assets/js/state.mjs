// What the reader of a map has chosen: one object a map, heard by all its layers, written to the address of the page.

import { DAY_S } from "./table.mjs";

const DEFAULTS = { window: 0, known: false, colorBy: null, density: "auto", change: true, circles: true, band: false };

export class MapState {
  constructor() {
    Object.assign(this, DEFAULTS);
    this.masks = {}; // {column: Set of hidden values}
    this.first = null; // seconds since 1970
    this.last = null; // end of the last step
    this.step = DAY_S;
    this.index = 0; // which step the slider stands on
    this.listeners = new Set();
    this.sources = new Set(); // layers that have incidents
    this.fronts = new Set();
  }

  // A layer tells which time it covers: from, to (exclusive), both in seconds, and how fine it is.
  cover(from, to, unit = DAY_S) {
    const now = this.first === null ? null : this.time;
    this.step = Math.min(this.step, unit);
    const day = (s) => Math.floor(s / DAY_S) * DAY_S;
    this.first = this.first === null ? day(from) : Math.min(this.first, day(from));
    this.last = this.last === null ? to : Math.max(this.last, to);
    this.index = now === null || this.untouched ? this.steps - 1 : this.indexOf(now);
    if (this.wanted) this.apply(this.wanted);
    this.tell("span");
  }

  get steps() {
    return this.first === null ? 0 : Math.max(1, Math.ceil((this.last - this.first) / this.step));
  }

  get time() {
    return this.first + this.index * this.step;
  }

  indexOf(seconds) {
    return Math.max(0, Math.min(this.steps - 1, Math.round((seconds - this.first) / this.step)));
  }

  // The window on show, in seconds, [from, to). A window of 0 days is everything up to now.
  get range() {
    const to = this.time + this.step;
    return { from: this.window ? to - this.window * DAY_S : this.first, to };
  }

  set(change, kind = "time") {
    Object.assign(this, change);
    if ("index" in change) this.index = Math.max(0, Math.min(this.steps - 1, change.index));
    this.tell(kind);
  }

  hide(column, value, hidden) {
    if (!Object.hasOwn(this.masks, column)) this.masks[column] = new Set();
    const set = this.masks[column];
    if (hidden) set.add(value);
    else set.delete(value);
    this.tell("mask");
  }

  listen(callback) {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  tell(kind) {
    for (const callback of [...this.listeners]) callback(kind);
  }

  apply(wanted) {
    for (const key of ["window", "known", "colorBy", "density", "change", "circles", "band"]) {
      if (wanted[key] !== undefined) this[key] = wanted[key];
    }
    if (wanted.masks) this.masks = wanted.masks;
    if (wanted.time !== undefined && this.first !== null) this.index = this.indexOf(wanted.time);
  }
}

// The state of a map, made when the first layer asks for it.
export function stateOf(map) {
  map.contactline ??= Object.assign(new MapState(), { untouched: true });
  return map.contactline;
}

const isoTime = (seconds, step) => {
  const text = new Date(seconds * 1000).toISOString();
  return step % DAY_S ? text.slice(0, 16) : text.slice(0, 10);
};

export function formatFragment(state, view = null) {
  const parts = new URLSearchParams();
  if (state.first !== null) parts.set("on", isoTime(state.time, state.step));
  if (state.window) parts.set("window", state.window);
  if (state.known) parts.set("known", 1);
  if (state.colorBy) parts.set("by", state.colorBy);
  for (const flag of ["density", "change", "circles", "band"]) {
    if (state[flag] !== DEFAULTS[flag]) parts.set(flag, state[flag] === true ? "on" : state[flag] || "off");
  }
  for (const [column, hidden] of Object.entries(state.masks)) {
    if (hidden.size) parts.set(`hide.${column}`, [...hidden].map(encodeURIComponent).join(","));
  }
  if (view) parts.set("map", [view.zoom, view.lat.toFixed(4), view.lng.toFixed(4)].join("/"));
  return parts.toString();
}

function readPart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // half an escape: somebody cut the link
  }
}

export function parseFragment(text) {
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  const wanted = {};
  const on = Date.parse(`${parts.get("on")}${/T/.test(parts.get("on") ?? "") ? "Z" : ""}`);
  if (parts.has("on") && Number.isFinite(on)) wanted.time = on / 1000;
  const window = Number(parts.get("window"));
  if (window >= 0.04 && window <= 36525) wanted.window = window; // days; an hour is the shortest
  if (parts.get("known") === "1") wanted.known = true;
  if (/^[a-z][a-z_0-9]*$/.test(parts.get("by") ?? "")) wanted.colorBy = parts.get("by");
  if (["on", "off", "auto"].includes(parts.get("density"))) wanted.density = parts.get("density");
  for (const flag of ["change", "circles", "band"]) if (parts.has(flag)) wanted[flag] = parts.get(flag) !== "off";
  for (const [key, value] of parts) {
    if (!/^hide\.[a-z][a-z_0-9]*$/.test(key)) continue;
    wanted.masks ??= {};
    wanted.masks[key.slice(5)] = new Set(value.split(",").map(readPart).filter((part) => part !== null));
  }
  const map = (parts.get("map") ?? "").split("/").map(Number);
  const [zoom, lat, lng] = map;
  if (map.length === 3 && zoom >= 0 && zoom <= 18 && Math.abs(lat) <= 85 && Math.abs(lng) <= 180) wanted.view = { zoom, lat, lng };
  return wanted;
}
