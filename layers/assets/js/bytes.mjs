// From text in a page to bytes, and from packed bytes to columns.

export function fromBase64(text) {
  const clean = text.trim();
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(clean);
  const raw = atob(clean);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Byte planes (all lowest bytes first, then the next …) to one unsigned number a row; `delta` adds up, modulo its width.
export function readPlanes(bytes, at, rows, width, delta = false) {
  if (width === 1 && !delta) return bytes.subarray(at, at + rows);
  const Store = width === 1 ? Uint8Array : width === 2 ? Uint16Array : width <= 4 ? Uint32Array : Float64Array;
  const out = new Store(rows);
  for (let k = 0, scale = 1; k < width; k++, scale *= 256) {
    const plane = at + k * rows;
    for (let i = 0; i < rows; i++) out[i] += bytes[plane + i] * scale;
  }
  if (delta) addUp(out, 2 ** (8 * width));
  return out;
}

function addUp(values, modulus) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    if (sum >= modulus) sum -= modulus;
    values[i] = sum;
  }
}

// Every second bit of a 24-bit number, moved together to 12 bits.
export function everySecondBit(v) {
  v &= 0x555555;
  v = (v | (v >>> 1)) & 0x333333;
  v = (v | (v >>> 2)) & 0x0f0f0f;
  v = (v | (v >>> 4)) & 0xff00ff;
  return (v | (v >>> 8)) & 0x000fff;
}

// Positions along the space-filling curve (byte planes of differences) to grid columns x and y.
export function readCurve(bytes, at, rows, width) {
  const x = new Float32Array(rows);
  const y = new Float32Array(rows);
  const modulus = 2 ** (8 * width);
  const HALF = 0x1000000;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    let low = 0;
    let high = 0;
    for (let k = Math.min(width, 3) - 1; k >= 0; k--) low = low * 256 + bytes[at + k * rows + i];
    for (let k = width - 1; k >= 3; k--) high = high * 256 + bytes[at + k * rows + i];
    sum += high * HALF + low;
    if (sum >= modulus) sum -= modulus;
    const top = Math.floor(sum / HALF);
    const rest = sum - top * HALF;
    x[i] = everySecondBit(rest) + 4096 * everySecondBit(top);
    y[i] = everySecondBit(rest >>> 1) + 4096 * everySecondBit(top >>> 1);
  }
  return { x, y };
}
