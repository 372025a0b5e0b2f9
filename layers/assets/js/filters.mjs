// Which rows pass the reader's choices, and what they look like.

// masks: {column: Set of hidden values ("" stands for null)}. Returns null when nothing is hidden.
export function passing(table, masks, count = table.rows) {
  const active = Object.entries(masks).filter(([name, hidden]) => hidden.size && table.columns.get(name)?.kind === "category");
  if (!active.length) return null;
  const pass = new Uint8Array(count).fill(1);
  for (const [name, hidden] of active) {
    const { codes, values } = table.columns.get(name);
    const open = Uint8Array.from([null, ...values], (value) => (hidden.has(value ?? "") ? 0 : 1));
    for (let i = 0; i < count; i++) pass[i] &= open[codes[i]];
  }
  return pass;
}

// Size classes by deaths: none or unknown, some, ten or more, fifty or more.
export const SIZE_STEPS = [1, 10, 50];

// Figures that are not of one event make no symbol larger: running totals, and what one side says the other lost.
const NOT_OF_ONE_EVENT = ["cumulative_total", "enemy_loss_claim"];

function sizeClasses(table, count) {
  const sizes = new Uint8Array(count);
  const column = table.columns.get("deaths_best");
  if (!column) return sizes;
  const scope = table.columns.get("scope");
  const others = scope?.values ? NOT_OF_ONE_EVENT.map((value) => scope.values.indexOf(value) + 1).filter(Boolean) : [];
  for (let i = 0; i < count; i++) {
    const code = column.codes[i];
    if (code === 0 || others.includes(scope?.codes[i])) continue;
    const deaths = (code - 1) * column.step + column.start;
    sizes[i] = SIZE_STEPS.reduce((size, step) => size + (deaths >= step ? 1 : 0), 0);
  }
  return sizes;
}

// One small number a row: category * 8 + size * 2 + hollow. `slots` turns a code into one of at most 31 categories.
export function rowLooks(table, { colorBy, slots, sizeBy = true, count = table.placed }) {
  const looks = new Uint8Array(count);
  const codes = table.columns.get(colorBy)?.codes;
  const sizes = sizeBy ? sizeClasses(table, count) : null;
  const status = table.columns.get("claim_status");
  const denied = status ? status.values.indexOf("denied") + 1 : 0;
  for (let i = 0; i < count; i++) {
    const size = sizes ? sizes[i] : 0;
    const hollow = denied > 0 && status.codes[i] === denied ? 1 : 0;
    looks[i] = slots[codes ? codes[i] : 0] * 8 + size * 2 + hollow;
  }
  return looks;
}

// How many rows there are of each value of a column (code 0 is null), in ranges of rows and in single rows.
export function countBy(table, name, { pass = null, keep = null, ranges = [], rows = [] }) {
  const column = table.columns.get(name);
  const counts = new Uint32Array((column?.values?.length ?? 0) + 1);
  const codes = column?.values ? column.codes : null;
  for (const [from, to] of ranges) {
    for (let i = from; i < to; i++) if ((!pass || pass[i]) && (!keep || keep(i))) counts[codes ? codes[i] : 0]++;
  }
  for (const i of rows) if ((!pass || pass[i]) && (!keep || keep(i))) counts[codes ? codes[i] : 0]++;
  return counts;
}

// The rows of the window on show, of those with a place and of those without: a range, and single rows that began
// earlier and last into it. `keep` is the test for "as known then".
export function windowRows({ table, state, knownTest }) {
  const from = Math.floor(state.range.from / table.unit);
  const to = Math.ceil(state.range.to / table.unit);
  const part = (first, end) => {
    const range = [table.lowerBound(from, first, end), table.lowerBound(to, first, end)];
    const rows = [];
    for (let i = table.lowerBound(from - table.longest, first, end); i < range[0]; i++) {
      if (table.time(i) + table.lasts(i) >= from) rows.push(i);
    }
    return { range, rows };
  };
  return { placed: part(0, table.dated), unplaced: part(table.placed, table.unplacedDated), keep: knownTest };
}

// Incidents per bin of `bin` units between first and last, for the bars behind the slider.
export function histogram(table, { first, bins, bin, pass }) {
  const bars = new Uint32Array(bins);
  const shift = table.first - 1 - first;
  for (const [from, to] of [[0, table.dated], [table.placed, table.unplacedDated]]) {
    for (let i = from; i < to; i++) {
      const k = Math.floor((table.start[i] + shift) / bin);
      if (k >= 0 && k < bins && (!pass || pass[i])) bars[k]++;
    }
  }
  return bars;
}
