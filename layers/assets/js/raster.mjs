// A million points on one canvas without a GPU: which points are in view, which pixels they take, what lies under the
// pointer. Pure functions over typed arrays; the same input gives the same pixels on every machine.

export const SPARSE = 40_000; // up to here symbols overlap in order of time, above in order of pixels

// The placed and dated rows in view that pass the mask, with the pixel that each falls on. Rows stay in order of time.
// view: {width, height, margin, scaleX, scaleY, offsetX, offsetY}, pixel = grid * scale + offset.
export function inView({ x, y, count, view, pass = null }) {
  const { width, height, margin, scaleX, scaleY, offsetX, offsetY } = view;
  const right = width - margin;
  const bottom = height - margin;
  const rows = new Uint32Array(count);
  const pixels = new Uint32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const px = (x[i] * scaleX + offsetX) | 0;
    const py = (y[i] * scaleY + offsetY) | 0;
    if (px >= margin && px < right && py >= margin && py < bottom && (pass === null || pass[i])) {
      rows[found] = i;
      pixels[found++] = py * width + px;
    }
  }
  return { rows: rows.subarray(0, found), pixels: pixels.subarray(0, found) };
}

export function lowerBound(values, wanted, from = 0, to = values.length) {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle] < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

// Which of the points in view lie in the window: [from, to) by start, and before `from` those that last into it.
// keep(row) is asked only when needed: rows that began earlier, or incidents not yet known.
export function inWindow({ rows, firstRow, lastRow, earlyRow = firstRow, keepEarly = null, keep = null }) {
  const early = lowerBound(rows, earlyRow);
  const from = lowerBound(rows, firstRow);
  const to = lowerBound(rows, lastRow);
  if (!keep && early === from) return { from, to, extra: null };
  const extra = [];
  for (let k = early; k < from; k++) if ((!keepEarly || keepEarly(rows[k])) && (!keep || keep(rows[k]))) extra.push(k);
  if (!keep) return { from, to, extra };
  for (let k = from; k < to; k++) if (keep(rows[k])) extra.push(k);
  return { from: to, to, extra };
}

// Write the number of the latest point (place in `rows` + 1) into every pixel that has one.
export function scatter(ids, pixels, { from, to, extra }) {
  ids.fill(0);
  if (extra) for (const k of extra) ids[pixels[k]] = k + 1;
  for (let k = from; k < to; k++) ids[pixels[k]] = k + 1;
  return to - from + (extra ? extra.length : 0);
}

function stamp(canvas, at, sprite) {
  const { solid, soft } = sprite;
  for (let k = 0; k < soft.at.length; k++) {
    const q = at + soft.at[k];
    if (canvas[q] === 0) canvas[q] = soft.rgba[k];
  }
  for (let k = 0; k < solid.at.length; k++) canvas[at + solid.at[k]] = solid.rgba[k];
}

// Draw the symbols. Few points: each in order of time. Many: one per taken pixel, so the cost has a bound.
export function draw({ canvas, ids, points, window, looks, sprites }) {
  canvas.fill(0);
  const count = scatter(ids, points.pixels, window);
  if (count <= SPARSE) {
    if (window.extra) for (const k of window.extra) stamp(canvas, points.pixels[k], sprites[looks[points.rows[k]]]);
    for (let k = window.from; k < window.to; k++) stamp(canvas, points.pixels[k], sprites[looks[points.rows[k]]]);
  } else {
    for (let p = 0; p < ids.length; p++) {
      if (ids[p] !== 0) stamp(canvas, p, sprites[looks[points.rows[ids[p] - 1]]]);
    }
  }
  return count;
}

// The point nearest to a pixel within `reach`, as place in `rows`; -1 if none.
export function hit(ids, width, height, px, py, reach) {
  let best = -1;
  let nearest = reach * reach + 1;
  for (let y = Math.max(0, py - reach); y <= Math.min(height - 1, py + reach); y++) {
    for (let x = Math.max(0, px - reach); x <= Math.min(width - 1, px + reach); x++) {
      const id = ids[y * width + x];
      const d = (x - px) ** 2 + (y - py) ** 2;
      if (id !== 0 && d < nearest) {
        nearest = d;
        best = id - 1;
      }
    }
  }
  return best;
}

// All points of the window on one pixel, latest first.
export function stackAt(points, window, pixel) {
  const found = [];
  if (window.extra) for (const k of window.extra) if (points.pixels[k] === pixel) found.push(points.rows[k]);
  for (let k = window.from; k < window.to; k++) if (points.pixels[k] === pixel) found.push(points.rows[k]);
  return found.reverse();
}

// How many points of the window fall in each cell of `cell` pixels.
export function countCells({ points, window, width, height, cell }) {
  const across = Math.ceil(width / cell);
  const counts = new Float32Array(across * Math.ceil(height / cell));
  const add = (k) => {
    const p = points.pixels[k];
    const y = (p / width) | 0;
    counts[((y / cell) | 0) * across + (((p - y * width) / cell) | 0)]++;
  };
  if (window.extra) window.extra.forEach(add);
  for (let k = window.from; k < window.to; k++) add(k);
  return { counts, across, down: Math.ceil(height / cell) };
}
