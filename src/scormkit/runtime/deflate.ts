/**
 * Raw DEFLATE (RFC 1951) for stored states: some thousand bytes, packed at once. It packs as tightly as zlib's best
 * level and reads what any packer wrote; it is made to be small to load, not to be fast on megabytes.
 */

const END = 256;
const SHORTEST = 3;
const LONGEST = 258;
const WINDOW = 32_768;
/** How many earlier places with the same start are looked at. */
const TRIES = 1024;
/** A match of three bytes from further back takes more bits than the bytes themselves. */
const TOO_FAR = 4096;
/** 3.2.7: the order in which the lengths of the code lengths' own codes are stored. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** 3.2.5: the first length or distance of each symbol, and how many extra bits follow it. */
interface Ranges {
  first: number[];
  extra: number[];
}

const LENGTHS = ranges(SHORTEST, 28, (symbol) => Math.max(0, (symbol >> 2) - 1));
LENGTHS.first.push(LONGEST);
LENGTHS.extra.push(0);
const DISTANCES = ranges(1, 30, (symbol) => Math.max(0, (symbol >> 1) - 1));
/** 3.2.6 */
const FIXED_LITERALS = Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);
const FIXED_DISTANCES = Array.from({ length: 30 }, () => 5);

function ranges(start: number, count: number, extraOf: (symbol: number) => number): Ranges {
  const extra = Array.from({ length: count }, (_, symbol) => extraOf(symbol));
  let next = start;
  const first = extra.map((bits) => {
    next += 2 ** bits;
    return next - 2 ** bits;
  });
  return { first, extra };
}

/** A literal byte, or a length with its distance. */
type Token = [literal: number] | [length: number, distance: number];

export function deflate(data: Uint8Array): Uint8Array {
  const found = tokens(data);
  const literals = Array<number>(286).fill(0);
  const distances = Array<number>(30).fill(0);
  const count = (counts: number[], symbol: number) => {
    counts[symbol] = at(counts, symbol) + 1;
  };
  for (const [value, distance] of found) {
    count(literals, distance ? 257 + symbolOf(LENGTHS, value) : value);
    if (distance) count(distances, symbolOf(DISTANCES, distance));
  }
  count(literals, END);
  const fixed = new Writer();
  fixed.put(0b011, 3);
  writeTokens(fixed, found, FIXED_LITERALS, FIXED_DISTANCES);
  const fitted = new Writer();
  fitted.put(0b101, 3);
  const own = [codeLengths(literals, 15), codeLengths(distances, 15)] as const;
  writeCodes(fitted, ...own);
  writeTokens(fitted, found, ...own);
  const [one, other] = [fixed.bytes, fitted.bytes];
  return Uint8Array.from(one.length <= other.length ? one : other);
}

/** Throws where the data is no DEFLATE stream, or holds more than `most` bytes. */
export function inflate(data: Uint8Array, most: number): Uint8Array {
  const from = new Reader(data);
  const out: number[] = [];
  for (let last = 0; !last; ) {
    last = from.take(1);
    const kind = from.take(2);
    if (kind === 0) {
      from.align();
      const length = from.take(16);
      from.take(16);
      for (let index = 0; index < length; index += 1) out.push(from.take(8));
    } else if (kind === 3) {
      throw new Error("no such block");
    } else {
      const [literals, distances] = kind === 1 ? [FIXED_LITERALS, FIXED_DISTANCES] : readCodes(from);
      readTokens(from, out, decoder(literals), decoder(distances), most);
    }
  }
  return Uint8Array.from(out);
}

/** What repeats, found greedily, but a byte later where the match there is longer. */
function tokens(data: Uint8Array): Token[] {
  const found: Token[] = [];
  const latest = new Map<number, number>();
  const before: number[] = [];
  const note = (place: number) => {
    const start = at(data, place) | (at(data, place + 1) << 8) | (at(data, place + 2) << 16);
    before[place] = latest.get(start) ?? -1;
    latest.set(start, place);
  };
  const longest = (place: number): [length: number, distance: number] => {
    let best = 0;
    let distance = 0;
    let earlier = before[place] ?? -1;
    for (let tries = 0; earlier >= 0 && place - earlier <= WINDOW && tries < TRIES; tries += 1) {
      let length = 0;
      while (length < LONGEST && place + length < data.length && data[earlier + length] === data[place + length]) {
        length += 1;
      }
      if (length > best) [best, distance] = [length, place - earlier];
      earlier = before[earlier] ?? -1;
    }
    return best < SHORTEST || (best === SHORTEST && distance > TOO_FAR) ? [0, 0] : [best, distance];
  };
  let noted = 0;
  const matchAt = (place: number) => {
    for (; noted <= place && noted + 2 < data.length; noted += 1) note(noted);
    return place + 2 < data.length ? longest(place) : ([0, 0] as [number, number]);
  };
  for (let place = 0; place < data.length; ) {
    const match = matchAt(place);
    if (match[0] && match[0] >= matchAt(place + 1)[0]) {
      found.push(match);
      place += match[0];
    } else {
      found.push([at(data, place)]);
      place += 1;
    }
  }
  return found;
}

/** Huffman's code: the two rarest groups become one, until one is left; their symbols' codes get a bit longer. */
function codeLengths(counts: number[], limit: number): number[] {
  for (let weights = counts; ; weights = weights.map((weight) => weight && (weight >> 1 || 1))) {
    const lengths = counts.map(() => 0);
    let groups = weights.map((weight, symbol) => ({ weight, symbols: [symbol] })).filter(({ weight }) => weight);
    // A code of a single symbol takes a bit as well.
    for (const symbol of groups.length === 1 ? (groups[0]?.symbols ?? []) : []) lengths[symbol] = 1;
    while (groups.length > 1) {
      const [one, other, ...rest] = groups.sort((a, b) => a.weight - b.weight);
      if (!one || !other) break;
      const symbols = [...one.symbols, ...other.symbols];
      for (const symbol of symbols) lengths[symbol] = at(lengths, symbol) + 1;
      groups = [...rest, { weight: one.weight + other.weight, symbols }];
    }
    // Rare symbols that got too long a code count for more until it fits.
    if (Math.max(...lengths) <= limit) return lengths;
  }
}

/** 3.2.2: the codes that belong to code lengths. */
function codes(lengths: number[]): number[] {
  const found: number[] = [];
  let next = 0;
  for (let length = 1; length < 16; length += 1) {
    lengths.forEach((one, symbol) => {
      if (one === length) found[symbol] = next++;
    });
    next *= 2;
  }
  return found;
}

/** Symbol by code; a one stands before the code, so that leading zeros count. */
function decoder(lengths: number[]): Map<number, number> {
  const found = new Map<number, number>();
  codes(lengths).forEach((code, symbol) => {
    found.set(code + 2 ** at(lengths, symbol), symbol);
  });
  return found;
}

/** 3.2.7: both lists of code lengths, with runs, in a code of their own. */
function writeCodes(to: Writer, literals: number[], distances: number[]): void {
  const all = [...literals, ...distances];
  const runs: [symbol: number, extra: number, bits: number][] = [];
  for (let place = 0; place < all.length; ) {
    const length = at(all, place);
    let run = 1;
    while (all[place + run] === length) run += 1;
    if (!length && run > 2) {
      run = Math.min(run, 138);
      runs.push(run > 10 ? [18, run - 11, 7] : [17, run - 3, 3]);
    } else {
      runs.push([length, 0, 0]);
      const more = Math.min(run - 1, 6);
      if (more > 2) runs.push([16, more - 3, 2]);
      run = more > 2 ? more + 1 : 1;
    }
    place += run;
  }
  const counts = ORDER.map(() => 0);
  for (const [symbol] of runs) counts[symbol] = at(counts, symbol) + 1;
  const lengths = codeLengths(counts, 7);
  let stored = ORDER.length;
  while (!lengths[ORDER[stored - 1] ?? 0]) stored -= 1;
  to.put(literals.length - 257, 5);
  to.put(distances.length - 1, 5);
  to.put(stored - 4, 4);
  for (const symbol of ORDER.slice(0, stored)) to.put(at(lengths, symbol), 3);
  const spelled = codes(lengths);
  for (const [symbol, extra, bits] of runs) {
    to.spell(at(spelled, symbol), at(lengths, symbol));
    to.put(extra, bits);
  }
}

function readCodes(from: Reader): [number[], number[]] {
  const literals = from.take(5) + 257;
  const distances = from.take(5) + 1;
  const stored = from.take(4) + 4;
  const own = ORDER.map(() => 0);
  for (const symbol of ORDER.slice(0, stored)) own[symbol] = from.take(3);
  const code = decoder(own);
  const all: number[] = [];
  while (all.length < literals + distances) {
    const symbol = from.symbol(code);
    const again = symbol === 16 ? at(all, all.length - 1) : 0;
    const run =
      symbol < 16 ? 1 : symbol === 16 ? 3 + from.take(2) : symbol === 17 ? 3 + from.take(3) : 11 + from.take(7);
    for (let index = 0; index < run; index += 1) all.push(symbol < 16 ? symbol : again);
  }
  return [all.slice(0, literals), all.slice(literals)];
}

function writeTokens(to: Writer, found: Token[], literals: number[], distances: number[]): void {
  const literalCodes = codes(literals);
  const distanceCodes = codes(distances);
  const literal = (symbol: number) => to.spell(at(literalCodes, symbol), at(literals, symbol));
  for (const [value, distance] of found) {
    if (!distance) {
      literal(value);
      continue;
    }
    const length = symbolOf(LENGTHS, value);
    literal(257 + length);
    to.put(value - at(LENGTHS.first, length), at(LENGTHS.extra, length));
    const far = symbolOf(DISTANCES, distance);
    to.spell(at(distanceCodes, far), at(distances, far));
    to.put(distance - at(DISTANCES.first, far), at(DISTANCES.extra, far));
  }
  literal(END);
}

function readTokens(
  from: Reader,
  out: number[],
  literals: Map<number, number>,
  distances: Map<number, number>,
  most: number,
): void {
  for (;;) {
    const symbol = from.symbol(literals);
    if (symbol === END) return;
    if (symbol < END) {
      out.push(symbol);
    } else {
      const length = from.within(LENGTHS, symbol - 257);
      const distance = from.within(DISTANCES, from.symbol(distances));
      for (let index = 0; index < length; index += 1) out.push(at(out, out.length - distance));
    }
    if (out.length > most) throw new Error("too long");
  }
}

/** The last symbol whose range begins at or before a value. */
function symbolOf({ first }: Ranges, value: number): number {
  let symbol = first.length - 1;
  while (at(first, symbol) > value) symbol -= 1;
  return symbol;
}

/** What stands there. Throws where nothing does: the stream is not what it should be. */
function at(list: ArrayLike<number>, index: number): number {
  const value = list[index];
  if (value === undefined) throw new Error("not DEFLATE");
  return value;
}

/** Bits from the lowest of a byte on. */
class Writer {
  readonly bytes: number[] = [];
  private used = 0;

  put(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit += 1) {
      const place = this.used >> 3;
      this.bytes[place] = (this.bytes[place] ?? 0) | (((value >> bit) & 1) << (this.used & 7));
      this.used += 1;
    }
  }

  /** A code: its highest bit comes first. */
  spell(code: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit -= 1) this.put(code >> bit, 1);
  }
}

class Reader {
  private used = 0;

  constructor(private readonly data: Uint8Array) {}

  take(bits: number): number {
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      value |= ((at(this.data, this.used >> 3) >> (this.used & 7)) & 1) << bit;
      this.used += 1;
    }
    return value;
  }

  align(): void {
    this.used = (this.used + 7) & ~7;
  }

  symbol(code: Map<number, number>): number {
    let spelled = 1;
    for (;;) {
      spelled = spelled * 2 + this.take(1);
      const symbol = code.get(spelled);
      if (symbol !== undefined) return symbol;
    }
  }

  within({ first, extra }: Ranges, symbol: number): number {
    return at(first, symbol) + this.take(at(extra, symbol));
  }
}
