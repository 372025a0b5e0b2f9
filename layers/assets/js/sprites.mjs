// Symbols as lists of pixels: colour and shape both carry the category, so that neither has to be seen alone.

const CORNERS = {
  square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  diamond: [[0, -1.18], [1.18, 0], [0, 1.18], [-1.18, 0]],
  triangle: [[0, -1.2], [1.12, 0.8], [-1.12, 0.8]],
  wedge: [[0, 1.2], [1.12, -0.8], [-1.12, -0.8]],
  pentagon: ring(5, 1.1, -90),
  hexagon: ring(6, 1.08, 0),
  star: star(5, 1.35, 0.62),
  plus: cross(0.4, 1.2, 0),
  cross: cross(0.4, 1.25, 45),
  bar: [[-1.25, -0.45], [1.25, -0.45], [1.25, 0.45], [-1.25, 0.45]],
  post: [[-0.45, -1.25], [0.45, -1.25], [0.45, 1.25], [-0.45, 1.25]],
};

export const SHAPES = ["circle", ...Object.keys(CORNERS)];

function turn(points, degrees) {
  const c = Math.cos((degrees * Math.PI) / 180);
  const s = Math.sin((degrees * Math.PI) / 180);
  return points.map(([x, y]) => [x * c - y * s, x * s + y * c]);
}

function ring(corners, radius, from) {
  return Array.from({ length: corners }, (_, k) => {
    const a = ((from + (360 * k) / corners) * Math.PI) / 180;
    return [radius * Math.cos(a), radius * Math.sin(a)];
  });
}

function star(points, outer, inner) {
  const a = ring(points, outer, -90);
  const b = ring(points, inner, -90 + 180 / points);
  return a.flatMap((p, k) => [p, b[k]]);
}

function cross(arm, reach, degrees) {
  const a = arm;
  const r = reach;
  const outline = [[-a, -r], [a, -r], [a, -a], [r, -a], [r, a], [a, a], [a, r], [-a, r], [-a, a], [-r, a], [-r, -a], [-a, -a]];
  return turn(outline, degrees);
}

// Signed distance from a point to a shape of radius 1; negative is inside.
export function distance(shape, x, y) {
  const corners = CORNERS[shape];
  if (!corners) return Math.hypot(x, y) - 1;
  let nearest = Infinity;
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[j];
    const [bx, by] = corners[i];
    const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside ? -nearest : nearest;
}

const share = (d) => Math.max(0, Math.min(1, 0.5 - d));

export function parseColor(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

// The pixels of one symbol. `solid` ones cover what lies beneath, `soft` ones (rim) only fill what is empty.
// radius and halo in device pixels; `hollow` marks a claim that the other side denies.
export function makeSprite({ shape, color, radius, halo = 1.2, hollow = false }) {
  const fill = parseColor(color);
  const reach = Math.ceil(radius * 1.4 + halo + 1);
  const solid = { dx: [], dy: [], rgba: [] };
  const soft = { dx: [], dy: [], rgba: [] };
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const d = distance(shape, dx / radius, dy / radius) * radius;
      const cover = share(d - halo);
      if (cover <= 0.02) continue;
      const core = hollow ? share(d) - share(d + Math.max(1.3, radius * 0.36)) : share(d);
      const [r, g, b] = fill.map((c) => Math.round(c * core + 255 * (1 - core)));
      const target = share(d) > 0.4 || cover > 0.98 ? solid : soft;
      target.dx.push(dx);
      target.dy.push(dy);
      target.rgba.push(((Math.round(cover * 255) << 24) | (b << 16) | (g << 8) | r) >>> 0);
    }
  }
  return { reach, solid, soft };
}

// Pixel positions for a canvas of this width, ready for stamping.
export function bindSprite(sprite, width) {
  const bind = ({ dx, dy, rgba }) => ({
    at: Int32Array.from(dx, (x, k) => dy[k] * width + x),
    rgba: Uint32Array.from(rgba),
  });
  return { reach: sprite.reach, solid: bind(sprite.solid), soft: bind(sprite.soft) };
}
