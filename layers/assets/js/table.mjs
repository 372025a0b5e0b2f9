// A packed incidents table in the browser: codes at hand, text unpacked when it is asked for.

import { fromBase64, inflate, readCurve, readPlanes } from "./bytes.mjs";
import { TextBlock } from "./text_block.mjs";

export const DAY_S = 86400;

export async function splitPack(bytes) {
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "CLM1") throw new Error("contactline: these bytes are no pack");
  const length = new DataView(bytes.buffer, bytes.byteOffset + 4, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(await inflate(bytes.subarray(8, 8 + length))));
  const streams = [];
  let at = 8 + length;
  for (const size of header.sizes) {
    streams.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { header, streams };
}

// The bytes that an element of the page carries; the text is dropped once read, a million rows need not lie there twice.
export function takeBytes(id) {
  const element = document.getElementById(id);
  const bytes = fromBase64(element.textContent);
  element.textContent = "";
  return bytes;
}

function readColumns(bytes, about, rows) {
  const columns = new Map();
  let at = 0;
  for (const column of about) {
    const codes = column.name === "curve"
      ? readCurve(bytes, at, rows, column.width)
      : readPlanes(bytes, at, rows, column.width, column.delta);
    columns.set(column.name, { ...column, codes });
    at += column.width * rows;
  }
  return columns;
}

export class Table {
  constructor(header, columns, streams) {
    this.rows = header.rows;
    this.unit = header.unit; // seconds
    this.space = header.space;
    this.header = header;
    this.columns = columns;
    this.streams = streams;
    const [both, undated, unplaced] = header.groups;
    this.dated = both; // rows [0, dated) are on the map and in time
    this.placed = both + undated; // rows [dated, placed) have a place and no date
    this.unplacedDated = both + undated + unplaced; // rows [placed, …) have no place
    this.x = columns.get("curve").codes.x;
    this.y = columns.get("curve").codes.y;
    this.start = columns.get("start").codes;
    this.length = columns.get("length") ?? null; // units that an incident lasts after its first
    this.longest = this.length ? this.length.codes.reduce((a, b) => Math.max(a, b), 1) - 1 + this.length.start : 0;
    this.first = columns.get("start").start; // units since 1970 of code 1
  }

  static async open(bytes) {
    const { header, streams } = await splitPack(bytes);
    const columns = readColumns(await inflate(streams[0]), header.core, header.rows);
    return new Table(header, columns, streams);
  }

  get span() {
    if (!this.dated) return null;
    return [this.first + this.start[0] - 1, this.first + this.start[this.dated - 1] - 1];
  }

  // First row in [from, to) whose time is not before `time` (units since 1970).
  lowerBound(time, from = 0, to = this.dated) {
    const code = time - this.first + 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.start[middle] < code) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  value(name, row) {
    const column = this.columns.get(name) ?? this.more?.get(name);
    const code = column?.codes[row];
    if (!code) return null;
    return column.kind === "category" ? column.values[code - 1] : (code - 1) * column.step + column.start;
  }

  lasts(row) {
    return this.length?.codes[row] ? this.length.codes[row] - 1 + this.length.start : 0;
  }

  time(row) {
    return this.start[row] ? this.first + this.start[row] - 1 : null;
  }

  // All that the table holds about one row; text comes from its block.
  async record(row) {
    this.more ??= readColumns(await inflate(this.streams[1]), this.header.detail, this.rows);
    const out = { row };
    for (const name of [...this.columns.keys(), ...this.more.keys()]) {
      if (name !== "curve") out[name] = this.value(name, row);
    }
    out.length = this.lasts(row);
    return { ...out, ...(await this.texts(row)) };
  }

  async texts(row) {
    const { names, block } = this.header.text;
    if (!names.length) return {};
    return (await this.block(Math.floor(row / block))).row(row % block);
  }

  // The row that holds a value, -1 if none does.
  async rowOf(name, wanted) {
    await this.record(0);
    const column = this.columns.get(name) ?? this.more.get(name);
    if (column) {
      const code = column.kind === "category" ? column.values.indexOf(String(wanted)) + 1 : 0;
      return code ? column.codes.indexOf(code) : -1;
    }
    const { names, block } = this.header.text;
    if (!names.includes(name)) return -1;
    for (let first = 0; first < this.rows; first += block) {
      const texts = await this.block(first / block);
      for (let row = first; row < Math.min(first + block, this.rows); row++) if (texts.row(row - first)[name] === wanted) return row;
    }
    return -1;
  }

  block(number) {
    const { names, block } = this.header.text;
    if (this.lastBlock?.number !== number) {
      const rows = Math.min(block, this.rows - number * block);
      const texts = inflate(this.streams[2 + number]).then((bytes) => new TextBlock(bytes, names, rows));
      this.lastBlock = { number, texts };
    }
    return this.lastBlock.texts;
  }
}
