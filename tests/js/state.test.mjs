// What the reader chose: kept, told, written to an address and read back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { countBy, histogram, passing, rowLooks } from "../../layers/assets/js/filters.mjs";
import { formatFragment, MapState, parseFragment } from "../../layers/assets/js/state.mjs";
import { valueLabel, valueStyles } from "../../layers/assets/js/styles.mjs";

const DAY = 86400;
const at = (text) => Date.parse(text) / 1000;

function stateOver(from, to) {
  const state = new MapState();
  state.cover(at(from), at(to) + DAY);
  return state;
}

test("layers widen the span, and an untouched slider stays at its end", () => {
  const state = stateOver("2020-10-01", "2020-10-10");
  state.untouched = true;
  state.cover(at("2020-09-27"), at("2020-11-10") + DAY);
  assert.equal(state.steps, 45);
  assert.equal(state.time, at("2020-11-10"));
});

test("a window ends with the day on show; none is all so far", () => {
  const state = stateOver("2020-09-27", "2020-11-10");
  state.set({ index: state.indexOf(at("2020-10-20")), window: 7 });
  assert.deepEqual(state.range, { from: at("2020-10-14"), to: at("2020-10-21") });
  state.set({ window: 0 });
  assert.equal(state.range.from, at("2020-09-27"));
});

test("hours make finer steps", () => {
  const state = new MapState();
  state.cover(at("2020-10-01T06:00Z"), at("2020-10-02T18:00Z"), 3600);
  assert.equal(state.step, 3600);
  assert.equal(state.steps, 42);
  state.set({ index: 30, window: 0.25 });
  assert.deepEqual(state.range, { from: at("2020-10-02T01:00Z"), to: at("2020-10-02T07:00Z") });
  assert.equal(parseFragment(formatFragment(state)).window, 0.25);
});

test("an address keeps all that was chosen, whatever the values are called", () => {
  const state = stateOver("2020-09-27", "2020-11-10");
  state.set({ index: 12, window: 3, known: true, colorBy: "claim_status", density: "off", change: false });
  state.hide("event_type", "a,b&c=d #ü", true);
  state.hide("claimant_side", "", true);
  const wanted = parseFragment(`#${formatFragment(state, { zoom: 9.5, lat: 39.8, lng: 46.75 })}`);
  assert.equal(wanted.time, state.time);
  assert.deepEqual([wanted.window, wanted.known, wanted.colorBy, wanted.density, wanted.change], [3, true, "claim_status", "off", false]);
  assert.deepEqual(wanted.masks, { event_type: new Set(["a,b&c=d #ü"]), claimant_side: new Set([""]) });
  assert.deepEqual(wanted.view, { zoom: 9.5, lat: 39.8, lng: 46.75 });
});

test("an address that makes no sense changes nothing", () => {
  assert.deepEqual(parseFragment("#on=yesterday&window=-3&by=<img>&map=1/2&density=9"), {});
  assert.deepEqual(parseFragment("#on=9999-99-99&window=1e99&map=99/91/181&hide.__proto__=x"), {});
  assert.deepEqual(parseFragment("#map=9/NaN/46"), {});
  assert.deepEqual(parseFragment("#hide.event_type=%25E0%25A4%25A"), { masks: { event_type: new Set() } });
});

const table = {
  rows: 6, dated: 4, placed: 4, unplacedDated: 6, first: 100,
  start: Uint16Array.from([1, 1, 3, 10, 2, 11]),
  columns: new Map([
    ["event_type", { kind: "category", codes: Uint8Array.from([1, 2, 0, 1, 1, 2]), values: ["shelling", "capture"] }],
    ["claim_status", { kind: "category", codes: Uint8Array.from([1, 2, 1, 1, 1, 1]), values: ["claimed", "denied"] }],
    ["deaths_best", { codes: Uint8Array.from([0, 1, 13, 61, 0, 0]), start: 0, step: 1 }],
  ]),
};

test("masks hide values, and null is one of them", () => {
  assert.equal(passing(table, { event_type: new Set() }), null);
  assert.deepEqual([...passing(table, { event_type: new Set(["", "capture"]) })], [1, 0, 0, 1, 1, 0]);
  assert.deepEqual([...passing(table, { event_type: new Set(["capture"]), claim_status: new Set(["claimed"]) })], [0, 0, 0, 0, 0, 0]);
});

test("looks carry category, size by deaths, and hollow for what is denied", () => {
  const looks = rowLooks(table, { colorBy: "event_type", slots: Uint8Array.from([0, 1, 2]), count: 4 });
  assert.deepEqual([...looks], [8, 17, 4, 14]);
});

test("a running total makes no symbol larger", () => {
  const scope = { kind: "category", codes: Uint8Array.from([0, 1, 2, 2, 0, 0]), values: ["incident", "cumulative_total"] };
  const columns = new Map([...table.columns, ["scope", scope]]);
  const looks = rowLooks({ ...table, columns }, { colorBy: "event_type", slots: Uint8Array.from([0, 1, 2]), count: 4 });
  assert.deepEqual([...looks], [8, 17, 0, 8]);
});

test("counts and bars see what passes", () => {
  assert.deepEqual([...countBy(table, "event_type", { pass: null, ranges: [[0, 4]] })], [1, 2, 1]);
  const bars = histogram(table, { first: 100, bins: 11, bin: 1, pass: Uint8Array.from([1, 0, 1, 1, 1, 1]) });
  assert.deepEqual([...bars], [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1]);
});

test("values without a style get colours that are still free", () => {
  const styles = {
    fields: { event_type: { values: { shelling: { label: "Shelling", color: "#111111", shape: "circle" } } } }, sides: {},
    palette: ["#111111", "#222222", "#333333"], shapes: ["circle", "square"], missing: { color: "#888888", shape: "circle" },
  };
  const colors = valueStyles(styles, "event_type", [null, "shelling", "x", "y"]).map((s) => s.color);
  assert.deepEqual(colors, ["#888888", "#111111", "#222222", "#333333"]);
  assert.equal(valueLabel(styles, "event_type", "ground_clash"), "ground clash");
});
