// The base map's clip is read back where it was cut, and its names never cover each other.
import assert from "node:assert/strict";
import { test } from "node:test";

import { CLIP_UNITS, openClip } from "../../layers/assets/js/basemap_clip.mjs";
import { linesOf, placeNames } from "../../layers/assets/js/basemap_names.mjs";

const topology = {
  type: "Topology",
  bbox: [40, 30, 50, 40],
  transform: { scale: [0.001, 0.001], translate: [40, 30] },
  arcs: [[[0, 10000], [10000, 0]], [[0, 0], [5000, 0], [0, 5000], [-5000, -5000]]],
  objects: {
    borders: { geometries: [{ type: "MultiLineString", arcs: [[0]] }, { type: "MultiLineString", arcs: [[0]], properties: { disputed: true } }] },
    lakes: { geometries: [{ type: "MultiPolygon", arcs: [[[1]]] }] },
    labels: { geometries: [{ type: "Point", coordinates: [5000, 5000], properties: { text: "<b>", kind: "toString" } }] },
  },
  contactline: { relief: { bbox: [40, 30, 50, 40] }, sources: [] },
};

const close = (one, other, what) => assert.ok(Math.abs(one - other) < 0.01, `${what}: ${one} is not ${other}`);

test("corners of the clip are corners of the drawing", () => {
  const clip = openClip(topology);
  const [x0, y0, x1, y1] = clip.shapes.borders[0];
  close(x0, 0, "west");
  close(y0, 0, "north");
  close(x1, CLIP_UNITS, "east");
  close(y1, 0, "north again");
  assert.deepEqual(clip.frame.map(Math.round), [0, 0, CLIP_UNITS, Math.round(clip.height)]);
});

test("height follows Mercator: a degree is longer in the north", () => {
  const { height } = openClip(topology);
  assert.ok(height / CLIP_UNITS > 1.15 && height / CLIP_UNITS < 1.31, `ratio ${height / CLIP_UNITS}`);
});

test("disputed lines are drawn as such, whatever layer they come from", () => {
  const { shapes } = openClip(topology);
  assert.equal(shapes.borders.length, 1);
  assert.equal(shapes.disputed.length, 1);
  assert.equal(shapes.lakes[0].length, 8);
});

test("a label keeps its text and falls back to what is usual", () => {
  const [label] = openClip(topology).labels;
  assert.deepEqual([label.text, label.rank, label.kind], ["<b>", 3, "place"]);
});

test("long pairs of names stand one above the other", () => {
  assert.deepEqual(linesOf("Shushi / Şuşa"), ["Shushi / Şuşa"]);
  assert.deepEqual(linesOf("Stepanakert / Xankəndi"), ["Stepanakert /", "Xankəndi"]);
  assert.deepEqual(linesOf("Nakhchivan Autonomous Republic"), ["Nakhchivan Autonomous Republic"]);
});

function random(seed) {
  return () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

test("no two names overlap, at any zoom, and closer zooms show no fewer", () => {
  const next = random(7);
  const labels = Array.from({ length: 400 }, (_, i) => ({
    text: `Place ${i} / Yer ${i}`, x: next() * CLIP_UNITS, y: next() * CLIP_UNITS, rank: 1 + (i % 4), kind: i % 9 ? "place" : "water",
  })).sort((a, b) => a.rank - b.rank);
  let before = 0;
  for (let zoom = 6; zoom <= 13; zoom++) {
    const placed = placeNames(labels, (256 * 2 ** (zoom - 5)) / CLIP_UNITS, zoom, 5, (text) => text.length * 6);
    for (let i = 0; i < placed.length; i++) for (let j = i + 1; j < placed.length; j++) assert.ok(!overlap(placed[i].box, placed[j].box), `${placed[i].lines} covers ${placed[j].lines} at ${zoom}`);
    assert.ok(placed.length >= before, `fewer names at zoom ${zoom}`);
    before = placed.length;
  }
  assert.equal(before > 200, true);
});

test("the better rank wins the room", () => {
  const labels = [{ text: "City", x: 100, y: 100, rank: 1, kind: "place" }, { text: "Village", x: 100, y: 101, rank: 3, kind: "place" }];
  const placed = placeNames(labels, 1, 20, 5, () => 50);
  assert.deepEqual(placed.map((p) => p.lines[0]), ["City"]);
});
