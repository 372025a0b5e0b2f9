// Bytes to columns: what Python packs, the browser must read back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { everySecondBit, fromBase64, inflate, readCurve, readPlanes } from "../../layers/assets/js/bytes.mjs";
import { TextBlock } from "../../layers/assets/js/text_block.mjs";

test("base64 and raw deflate come back as they went", async () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, k) => (k * k) % 251);
  const text = Buffer.from(deflateRawSync(bytes)).toString("base64");
  assert.deepEqual(await inflate(fromBase64(`\n ${text} \n`)), bytes);
});

test("byte planes become numbers of any width", () => {
  const values = [0, 1, 255, 256, 65535, 65536, 2 ** 32 - 1];
  for (const width of [1, 2, 3, 4]) {
    const fitting = values.filter((v) => v < 2 ** (8 * width));
    const planes = new Uint8Array(fitting.length * width);
    fitting.forEach((v, i) => { for (let k = 0; k < width; k++) planes[k * fitting.length + i] = Math.floor(v / 256 ** k) % 256; });
    assert.deepEqual([...readPlanes(planes, 0, fitting.length, width)], fitting);
  }
});

test("differences add up, and wrap at the width", () => {
  assert.deepEqual([...readPlanes(Uint8Array.from([250, 5, 10, 246]), 0, 4, 1, true)], [250, 255, 9, 255]);
});

test("every second bit of a number", () => {
  for (let v = 0; v < 4096; v += 37) {
    let spread = 0;
    for (let bit = 0; bit < 12; bit++) spread += ((v >> bit) & 1) * 4 ** bit;
    assert.equal(everySecondBit(spread), v);
    assert.equal(everySecondBit((spread * 2) >>> 1), v);
  }
});

test("the curve gives back grid columns and rows of 24 bits", () => {
  const points = [[0, 0], [1, 0], [0, 1], [5, 9], [2 ** 24 - 1, 2 ** 24 - 1], [123456, 7654321]];
  const place = ([x, y]) => {
    let sum = 0n;
    for (let bit = 0n; bit < 24n; bit++) sum |= (((BigInt(x) >> bit) & 1n) << (2n * bit)) | (((BigInt(y) >> bit) & 1n) << (2n * bit + 1n));
    return sum;
  };
  const width = 6;
  const planes = new Uint8Array(points.length * width);
  points.map(place).forEach((value, i, all) => {
    const step = BigInt.asUintN(48, value - (i ? all[i - 1] : 0n));
    for (let k = 0; k < width; k++) planes[k * points.length + i] = Number((step >> BigInt(8 * k)) & 255n);
  });
  const { x, y } = readCurve(planes, 0, points.length, width);
  assert.deepEqual(points.map((_, i) => [x[i], y[i]]), points);
});

test("a block of texts: rows, columns, digits put back, empty left out", () => {
  const utf8 = new TextEncoder();
  const letters = [...utf8.encode("Shells: "), 0xc1, ...utf8.encode(" dead"), 0xff, 0xff, ...utf8.encode("ՄԱՐՏ "), 0xc0, 0xff, ...utf8.encode("b"), 0xf6, 0xff];
  const digits = utf8.encode("12" + "7" + "0042");
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, letters.length, true);
  const block = new TextBlock(Uint8Array.from([...head, ...letters, ...digits]), ["text", "id"], 2);
  assert.deepEqual(block.row(0), { text: "Shells: 12 dead" });
  assert.deepEqual(block.row(1), { text: "ՄԱՐՏ 7", id: "b0042" });
});
