// For the tests in Python: read a pack as the browser does and print all of it as JSON.
import { readFileSync } from "node:fs";

import { FrontTable } from "../../layers/assets/js/front_table.mjs";
import { Table } from "../../layers/assets/js/table.mjs";

const [kind, path] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(path));
if (kind === "incidents") {
  const table = await Table.open(bytes);
  const rows = [];
  for (let row = 0; row < table.rows; row++) {
    const { x, y, step } = table.space;
    const v = y + table.y[row] * step;
    const place = row < table.placed
      ? { lon: (x + table.x[row] * step) * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * v))) * 180) / Math.PI }
      : {};
    const record = await table.record(row);
    delete record.start;
    rows.push({ ...record, time: table.time(row), ...place });
  }
  console.log(JSON.stringify({ rows, dated: table.dated, placed: table.placed, unit: table.unit, span: table.span }));
} else {
  const fronts = await FrontTable.open(bytes);
  const degrees = (k) => [fronts.x[k] * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * fronts.y[k]))) * 180) / Math.PI];
  const days = fronts.names.map((name, place) => ({
    day: name,
    features: fronts.on(place, kind === "fronts-known").map((f) => ({ ...f, rings: f.rings.map((r) => [...fronts.runs[r]].map(degrees)) })),
  }));
  console.log(JSON.stringify(days));
}
