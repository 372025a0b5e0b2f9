// A symbol or a line of the legend, drawn with the same pixels as the map.

import { makeSprite } from "./sprites.mjs";

function canvasOf(width, height) {
  const scale = Math.min(globalThis.devicePixelRatio || 1, 2);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.cssText = `width:${width}px;height:${height}px`;
  canvas.className = "cl-swatch";
  canvas.setAttribute("aria-hidden", "true");
  return { canvas, context: canvas.getContext("2d"), scale };
}

export function symbolSwatch(style, { radius = 5, hollow = false } = {}) {
  const { canvas, context, scale } = canvasOf(18, 18);
  const sprite = makeSprite({ ...style, radius: radius * scale, halo: 1, hollow });
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const middle = Math.floor(canvas.width / 2);
  for (const { dx, dy, rgba } of [sprite.soft, sprite.solid]) {
    dx.forEach((x, k) => {
      const px = middle + x;
      const py = middle + dy[k];
      if (px >= 0 && py >= 0 && px < canvas.width && py < canvas.height) pixels[py * canvas.width + px] = rgba[k];
    });
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

export function areaSwatch(paint) {
  const { canvas, context, scale } = canvasOf(18, 12);
  context.scale(scale, scale);
  context.beginPath();
  context.rect(0.5, 0.5, 17, 11);
  paint(context);
  return canvas;
}

export function lineSwatch(dash, color, width = 2.5) {
  const { canvas, context, scale } = canvasOf(26, 12);
  context.scale(scale, scale);
  context.lineWidth = width;
  context.lineCap = dash[0] < 1 ? "round" : "butt";
  context.setLineDash(dash);
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(1, 6);
  context.lineTo(25, 6);
  context.stroke();
  return canvas;
}
