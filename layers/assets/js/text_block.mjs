// A block of texts: rows of several columns, each text ended by 0xFF, runs of digits kept apart (layers/textblocks.py).

const END = 0xff;
const RUNS = new Uint8Array(256); // mark to the length of the run
[0xc0, 0xc1, ...Array.from({ length: 10 }, (_, k) => 0xf5 + k)].forEach((mark, k) => { RUNS[mark] = k + 1; });

export class TextBlock {
  constructor(bytes, names, rows) {
    this.names = names;
    const letters = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
    this.letters = bytes.subarray(4, 4 + letters);
    this.digits = bytes.subarray(4 + letters);
    this.index(rows);
  }

  // Where the letters and the digits of each row begin.
  index(rows) {
    this.letterAt = new Uint32Array(rows + 1);
    this.digitAt = new Uint32Array(rows + 1);
    let digit = 0;
    let ends = 0;
    for (let i = 0, row = 0; i < this.letters.length; i++) {
      digit += RUNS[this.letters[i]];
      if (this.letters[i] === END && ++ends % this.names.length === 0) {
        row++;
        this.letterAt[row] = i + 1;
        this.digitAt[row] = digit;
      }
    }
  }

  // The texts of a row by column; empty ones are left out.
  row(place) {
    const from = this.letterAt[place];
    const to = this.letterAt[place + 1];
    const out = new Uint8Array(to - from + this.digitAt[place + 1] - this.digitAt[place]);
    const decoder = new TextDecoder();
    const found = {};
    let digit = this.digitAt[place];
    let at = 0;
    let begin = 0;
    let column = 0;
    for (let i = from; i < to; i++) {
      const letter = this.letters[i];
      if (RUNS[letter]) {
        for (let k = 0; k < RUNS[letter]; k++) out[at++] = this.digits[digit++];
      } else if (letter !== END) {
        out[at++] = letter;
      } else {
        if (at > begin) found[this.names[column]] = decoder.decode(out.subarray(begin, at));
        begin = at;
        column++;
      }
    }
    return found;
  }
}
