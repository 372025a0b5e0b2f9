// Many points at once: how many lie where, smoothed, on a scale by powers of ten.

import { countCells } from "./raster.mjs";

const CELL = 5; // CSS pixels
const RAMP = [[255, 237, 200], [253, 204, 138], [244, 150, 84], [214, 90, 48], [150, 36, 24], [84, 12, 22]];

// Three by three cells, weights 1 2 1; what falls over the rim is lost.
export function smooth(counts, across, down) {
  const pass = (from, step, length, lines, stride) => {
    const out = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let k = 0, at = line * stride; k < length; k++, at += step) {
        const before = k > 0 ? from[at - step] : 0;
        const after = k < length - 1 ? from[at + step] : 0;
        out[at] = (before + 2 * from[at] + after) / 4;
      }
    }
    return out;
  };
  return pass(pass(counts, 1, across, down, across), across, down, across, 1);
}

export function rampColor(share) {
  const place = Math.max(0, Math.min(0.9999, share)) * (RAMP.length - 1);
  const k = Math.floor(place);
  return RAMP[k].map((c, i) => Math.round(c + (RAMP[k + 1][i] - c) * (place - k)));
}

export function drawDensity(context, { points, window, view }) {
  const cell = CELL * view.dpr;
  const { counts, across, down } = countCells({ points, window, width: view.width, height: view.height, cell });
  const soft = smooth(counts, across, down);
  const top = Math.log1p(soft.reduce((a, b) => Math.max(a, b), 1));
  const small = document.createElement("canvas");
  Object.assign(small, { width: across, height: down });
  const image = small.getContext("2d").createImageData(across, down);
  soft.forEach((value, k) => {
    if (value <= 0) return;
    const share = Math.log1p(value) / top;
    const [r, g, b] = rampColor(share);
    image.data.set([r, g, b, Math.round(255 * Math.min(0.85, 0.25 + share))], k * 4);
  });
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, across * cell, down * cell);
  return {
    at: (px, py) => counts[Math.floor(py / cell) * across + Math.floor(px / cell)] ?? 0,
  };
}
