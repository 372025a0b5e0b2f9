// Which points are on show, where, and what lies under the pointer.
import assert from "node:assert/strict";
import { test } from "node:test";

import { smooth } from "../../layers/assets/js/density.mjs";
import { countCells, draw, hit, inView, inWindow, lowerBound, SPARSE, stackAt } from "../../layers/assets/js/raster.mjs";
import { bindSprite, distance, makeSprite, SHAPES } from "../../layers/assets/js/sprites.mjs";

const view = { width: 100, height: 60, margin: 10, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };

function random(seed) {
  return () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);
}

test("only points inside the margin that pass are in view, in order", () => {
  const x = Float32Array.from([5, 10, 50, 89, 90, -40, 50]);
  const y = Float32Array.from([30, 30, 30, 30, 30, 30, 55]);
  const all = inView({ x, y, count: 7, view });
  assert.deepEqual([...all.rows], [1, 2, 3]);
  assert.deepEqual([...all.pixels], [3010, 3050, 3089]);
  const some = inView({ x, y, count: 7, view, pass: Uint8Array.from([1, 0, 1, 1, 1, 1, 1]) });
  assert.deepEqual([...some.rows], [2, 3]);
});

test("the window is two searches, and what lasts into it counts", () => {
  const rows = Uint32Array.from([2, 4, 7, 9, 12]);
  assert.deepEqual(inWindow({ rows, firstRow: 4, lastRow: 10 }), { from: 1, to: 4, extra: null });
  const early = inWindow({ rows, firstRow: 7, lastRow: 13, earlyRow: 2, keepEarly: (row) => row === 4 });
  assert.deepEqual(early, { from: 2, to: 5, extra: [1] });
  const known = inWindow({ rows, firstRow: 2, lastRow: 13, keep: (row) => row !== 7 });
  assert.deepEqual(known.extra, [0, 1, 3, 4]);
});

test("searching agrees with counting", () => {
  const next = random(3);
  const values = Uint32Array.from({ length: 200 }, () => next() * 50).sort();
  for (let wanted = 0; wanted < 55; wanted++) {
    assert.equal(lowerBound(values, wanted), values.filter((v) => v < wanted).length);
  }
});

test("a hit is the nearest point of the window, found as by looking at all", () => {
  const next = random(11);
  const x = Float32Array.from({ length: 300 }, () => 10 + next() * 80);
  const y = Float32Array.from({ length: 300 }, () => 10 + next() * 40);
  const points = inView({ x, y, count: 300, view });
  const window = { from: 50, to: 250, extra: null };
  const canvas = new Uint32Array(6000);
  const ids = new Uint32Array(6000);
  const sprites = [bindSprite(makeSprite({ shape: "circle", color: "#d55e00", radius: 3 }), 100)];
  const looks = new Uint8Array(300);
  assert.equal(draw({ canvas, ids, points, window, looks, sprites, width: 100, block: 3 }), 200);
  for (let trial = 0; trial < 50; trial++) {
    const px = Math.floor(next() * 100);
    const py = Math.floor(next() * 60);
    const found = hit(ids, 100, 60, px, py, 4);
    const far = (k) => ((points.pixels[k] % 100) - px) ** 2 + (Math.floor(points.pixels[k] / 100) - py) ** 2;
    let best = 17;
    for (let k = 50; k < 250; k++) best = Math.min(best, far(k));
    if (best > 16) assert.equal(found, -1);
    else {
      assert.equal(far(found), best);
      assert.ok(stackAt(points, window, points.pixels[found]).includes(points.rows[found]));
    }
  }
});

test("a stack names every point of a pixel, latest first", () => {
  const points = { rows: Uint32Array.from([0, 1, 2, 3]), pixels: Uint32Array.from([7, 8, 7, 7]) };
  assert.deepEqual(stackAt(points, { from: 0, to: 3, extra: null }, 7), [2, 0]);
});

test("many points: the same pixels again, bounded work, none of them empty where points lie", () => {
  const next = random(5);
  const count = SPARSE + 5000;
  const x = Float32Array.from({ length: count }, () => 10 + next() * 80);
  const y = Float32Array.from({ length: count }, () => 10 + next() * 40);
  const points = inView({ x, y, count, view });
  const window = { from: 0, to: points.rows.length, extra: null };
  const sprites = [bindSprite(makeSprite({ shape: "square", color: "#0072b2", radius: 2 }), 100)];
  const paint = () => {
    const canvas = new Uint32Array(6000);
    draw({ canvas, ids: new Uint32Array(6000), points, window, looks: new Uint8Array(count), sprites, width: 100, block: 3 });
    return canvas;
  };
  const canvas = paint();
  assert.deepEqual(canvas, paint());
  assert.ok(canvas[30 * 100 + 50] >>> 24 === 255);
  assert.equal(canvas[0], 0);
});

test("cells count every point once, and smoothing loses none inside", () => {
  const points = { rows: new Uint32Array(3), pixels: Uint32Array.from([0, 4, 5 * 100 + 2]) };
  const { counts, across } = countCells({ points, window: { from: 0, to: 3, extra: null }, width: 100, height: 60, cell: 5 });
  assert.equal(counts[0], 2);
  assert.equal(counts[across], 1);
  const field = new Float32Array(25);
  field[12] = 16;
  assert.deepEqual([...smooth(field, 5, 5)].reduce((a, b) => a + b), 16);
  assert.equal(smooth(field, 5, 5)[12], 4);
});

test("every shape is a filled figure around its middle, and no two are alike", () => {
  const drawn = SHAPES.map((shape) => {
    assert.ok(distance(shape, 0, 0) < 0, shape);
    assert.ok(distance(shape, 2, 2) > 0, shape);
    const { solid } = makeSprite({ shape, color: "#336699", radius: 6 });
    return JSON.stringify([solid.dx, solid.dy]);
  });
  assert.equal(new Set(drawn).size, SHAPES.length);
});

test("a hollow symbol is white within and coloured at its rim", () => {
  const { solid } = makeSprite({ shape: "circle", color: "#000000", radius: 6, hollow: true });
  const at = (x, y) => solid.rgba[solid.dx.findIndex((dx, k) => dx === x && solid.dy[k] === y)];
  assert.equal(at(0, 0), 0xffffffff);
  assert.equal(at(5, 0), 0xff000000);
});
