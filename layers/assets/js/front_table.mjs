// Packed fronts in the browser: shared corners, runs of corner numbers, features with a first and a last day.

import { inflate, readPlanes } from "./bytes.mjs";

export class FrontTable {
  static async open(bytes) {
    if (String.fromCharCode(...bytes.subarray(0, 4)) !== "CLF1") throw new Error("contactline: these bytes are no fronts");
    const sizes = new DataView(bytes.buffer, bytes.byteOffset + 4, 16);
    let at = 20;
    const streams = await Promise.all([0, 1, 2, 3].map((k) => {
      const size = sizes.getUint32(4 * k, true);
      at += size;
      return inflate(bytes.subarray(at - size, at));
    }));
    return new FrontTable(streams);
  }

  constructor([corners, runs, about, head]) {
    const decoder = new TextDecoder();
    const layout = JSON.parse(decoder.decode(head));
    const { days, features } = JSON.parse(decoder.decode(about));
    const { x, y, step } = layout.grid;
    const [xs, ys] = [0, 1].map((k) => readPlanes(corners, k ? layout.widths[0] * layout.corners : 0, layout.corners, layout.widths[k], true));
    this.x = Float64Array.from(xs, (code) => x + (code - 1 + layout.start[0]) * step);
    this.y = Float64Array.from(ys, (code) => y + (code - 1 + layout.start[1]) * step);
    this.runs = splitRuns(runs, layout);
    this.days = days.map((day) => Date.parse(day) / 1000); // seconds since 1970
    this.names = days;
    this.features = features;
    this.twofold = features.some((f) => f.as_known) && features.some((f) => !f.as_known);
  }

  // Place of the last day that is not after a moment; -1 before the first.
  dayAt(seconds) {
    let place = -1;
    while (place + 1 < this.days.length && this.days[place + 1] <= seconds) place++;
    return place;
  }

  // The features of a day; `known` asks for the front as it was known on that day, where the table tells both.
  on(place, known = false) {
    return this.features.filter((f) => f.from <= place && place <= f.to && (!this.twofold || Boolean(f.as_known) === known));
  }

  get sides() {
    return [...new Set(this.features.filter((f) => f.kind === "area" && f.side).map((f) => f.side))];
  }
}

function splitRuns(bytes, { run_width: width, runs }) {
  const aligned = bytes.slice();
  const all = width === 2 ? new Uint16Array(aligned.buffer) : new Uint32Array(aligned.buffer);
  let at = 0;
  return runs.map((length) => {
    at += length;
    return all.subarray(at - length, at);
  });
}
