// The same map inside a page that is not ours, such as a Streamlit dashboard: parts come as bytes, once each.

import { stateOf } from "./state.mjs";

const parts = new Map(); // hash to bytes or JSON, shared by all panels of the page
const waiting = new Map(); // hash to those who wait for it

function resolvePart(hash, value) {
  parts.set(hash, value);
  for (const tell of waiting.get(hash) ?? []) tell(value);
  waiting.delete(hash);
}

function part(hash) {
  if (parts.has(hash)) return Promise.resolve(parts.get(hash));
  return new Promise((tell) => waiting.set(hash, [...(waiting.get(hash) ?? []), tell]));
}

// One message: u32 length of the list (JSON, [{hash, size, kind}]), the list, the parts one after the other.
export function storeParts(bytes) {
  const data = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const length = new DataView(data.buffer, data.byteOffset, 4).getUint32(0, true);
  const list = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  let at = 4 + length;
  for (const { hash, size, kind } of list) {
    const piece = data.slice(at, at + size);
    at += size;
    resolvePart(hash, kind === "json" ? JSON.parse(new TextDecoder().decode(piece)) : piece);
  }
}

// What a Streamlit component (v2) is called with on every rerun.
export function showPanel({ data, parentElement, setTriggerValue, setStateValue }, made) {
  let root = parentElement.querySelector(".contactline-panel");
  if (!root) {
    root = document.createElement("div");
    root.className = "contactline-panel";
    parentElement.append(root);
  }
  root.style.height = `${data.height}px`;
  return mountPanel({
    root,
    view: data,
    onPick: (id) => setTriggerValue("pick", id),
    onTime: (time) => setStateValue("window", time),
  }, made);
}

// Put a map into `root`, or bring the one that is there up to date. `view` is small: hashes of the parts, and choices.
export async function mountPanel({ root, view, onPick, onTime }, made) {
  root.contactline ??= open(root, view);
  const panel = root.contactline;
  Object.assign(panel, { onPick, onTime });
  panel.queue = (panel.queue ?? Promise.resolve()).then(() => update(panel, view, made));
  return panel.queue;
}

function open(root, view) {
  const map = L.map(root, { center: [0, 0], zoom: 2, maxZoom: 18, minZoom: 2, zoomSnap: 0.5, worldCopyJump: true });
  map.attributionControl.setPrefix(false);
  const panel = { map, layers: {} };
  if (view.bounds) fitBox(map, view.bounds);
  map.on("contactline:time", (event) => panel.onTime?.({
    time: event.time, from: event.from, to: event.to, window: event.window, known: event.known,
  }));
  new ResizeObserver(() => map.invalidateSize()).observe(root);
  return panel;
}

// Show a box (west, south, east, north) in what the panels leave free.
export function fitBox(map, [west, south, east, north]) {
  const wide = map.getContainer().clientWidth > 720;
  map.fitBounds([[south, west], [north, east]], {
    animate: false,
    paddingTopLeft: wide ? [60, 10] : [0, 50],
    paddingBottomRight: wide ? [270, 80] : [0, 140],
  });
}

async function replace(panel, name, hash, make) {
  const old = panel.layers[name];
  if (old && old.hash === hash) return old.layer;
  if (!hash) {
    old?.layer.remove();
    delete panel.layers[name];
    return null;
  }
  const value = await part(hash);
  const layer = make(value).addTo(panel.map);
  old?.layer.remove();
  panel.layers[name] = { hash, layer };
  await layer.ready;
  return layer;
}

async function update(panel, view, made) {
  const { map } = panel;
  const styles = view.styles ? await part(view.styles) : null;
  const options = (more) => ({ styles, ...more });
  await replace(panel, "base", view.base, (data) => made.basemap(data));
  await replace(panel, "fronts", view.fronts, (bytes) => new made.FrontLayer(bytes, options({})));
  const points = await replace(panel, "points", view.points, (bytes) => {
    const layer = new made.PointsLayer(bytes, options({ colorBy: view.color_by ?? "event_type", uncertainty: true, credit: view.credit }));
    layer.on("pick", (event) => panel.onPick?.(event.incident_id ?? String(event.row)));
    return layer;
  });
  const state = stateOf(map);
  panel.timeline ??= view.timeline === false ? null : made.timeline(map, { day: view.day, window: view.window });
  panel.legend ??= view.legend === false ? null : made.legend(map, { styles, note: view.note, title: "Legend", open: false });
  panel.listing ??= view.listing === false ? null : made.listing(map, { styles });
  applyFilters(panel, state, view, points?.table);
  applyTime(panel, state, view);
  if (points && view.chosen !== undefined && view.chosen !== panel.chosen) {
    panel.chosen = view.chosen;
    points.chooseId(view.chosen);
  }
}

// `only` names the values wanted of a column: the others are hidden. What the reader hid inside the map stays as long
// as the page asks for the same.
function applyFilters(panel, state, view, table) {
  const wish = JSON.stringify([view.only ?? {}, view.points]);
  if (wish === panel.filterWish || !table) return;
  panel.filterWish = wish;
  state.masks = {};
  for (const [column, wanted] of Object.entries(view.only ?? {})) {
    const values = ["", ...(table.columns.get(column)?.values ?? [])];
    state.masks[column] = new Set(values.filter((value) => !wanted.includes(value)));
  }
  state.tell("mask");
}

// A day or window that the page asks for counts when it is new; what the reader chose inside the map stays otherwise.
function applyTime(panel, state, view) {
  const wish = JSON.stringify([view.day, view.window, view.known]);
  if (wish === panel.wish || state.first === null) return;
  panel.wish = wish;
  const change = {};
  if (view.window !== undefined) change.window = view.window;
  if (view.known !== undefined) change.known = view.known;
  if (view.day) change.index = state.indexOf(Date.parse(view.day) / 1000);
  state.untouched = false;
  state.set(change);
}
