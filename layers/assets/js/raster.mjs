// A million points on one canvas without a GPU: which points are in view, which pixels they take, what lies under the
// pointer. Pure functions over typed arrays; the same input gives the same pixels on every machine.

export const SPARSE = 40_000; // up to here every symbol is drawn, above one a block of pixels

// The placed and dated rows in view that pass the mask, with the pixel that each falls on. Rows stay in order of time.
// view: {width, height, margin, scaleX, scaleY, offsetX, offsetY}, pixel = grid * scale + offset. `room`: two arrays of
// at least `count` numbers to write into, kept by the caller so that moving the map makes no garbage.
export function inView({ x, y, count, view, pass = null, room = makeRoom(count) }) {
  const { width, height, margin, scaleX, scaleY } = view;
  const across = width - 2 * margin;
  const down = height - 2 * margin;
  const left = view.offsetX - margin;
  const top = view.offsetY - margin;
  const corner = margin * width + margin;
  const { rows, pixels } = room;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const px = (x[i] * scaleX + left) | 0;
    const py = (y[i] * scaleY + top) | 0;
    if (px >>> 0 < across && py >>> 0 < down && (pass === null || pass[i] !== 0)) {
      rows[found] = i;
      pixels[found++] = py * width + px + corner;
    }
  }
  return { rows: rows.subarray(0, found), pixels: pixels.subarray(0, found) };
}

export function makeRoom(count) {
  return { rows: new Uint32Array(count), pixels: new Uint32Array(count) };
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

function stamp(canvas, at, { solid, soft }) {
  for (let k = 0; k < soft.at.length; k++) {
    const q = at + soft.at[k];
    if (canvas[q] === 0) canvas[q] = soft.rgba[k];
  }
  cover(canvas, at, solid.at, solid.rgba);
}

function cover(canvas, at, offsets, rgba) {
  for (let k = 0; k < offsets.length; k++) canvas[at + offsets[k]] = rgba[k];
}

// Draw the symbols. Few points: each in order of time. Many: of every block of pixels, a symbol wide, the latest point,
// so that the cost is bounded by the view, not by the points; what is left out would lie under that symbol.
export function draw({ canvas, ids, points, window, looks, sprites, width, block }) {
  canvas.fill(0);
  const count = scatter(ids, points.pixels, window);
  const put = (k) => stamp(canvas, points.pixels[k], sprites[looks[points.rows[k]]]);
  if (count <= SPARSE) {
    if (window.extra) window.extra.forEach(put);
    for (let k = window.from; k < window.to; k++) put(k);
  } else {
    eachLatest(ids, width, block, (k) => {
      const { solid } = sprites[looks[points.rows[k]]]; // a soft rim would be lost in the crowd
      cover(canvas, points.pixels[k], solid.at, solid.rgba);
    });
  }
  return count;
}

// Visit the highest number of each block of pixels that has one.
function eachLatest(ids, width, block, visit) {
  const latest = new Uint32Array(Math.ceil(width / block));
  for (let y = 0, first = 0; first < ids.length; y++, first += width) {
    for (let x = 0, cell = 0, left = block; x < width; x++) {
      const id = ids[first + x];
      if (id > latest[cell]) latest[cell] = id;
      if (--left === 0) {
        left = block;
        cell++;
      }
    }
    if ((y + 1) % block !== 0 && first + width < ids.length) continue;
    for (let cell = 0; cell < latest.length; cell++) if (latest[cell] !== 0) visit(latest[cell] - 1);
    latest.fill(0);
  }
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
