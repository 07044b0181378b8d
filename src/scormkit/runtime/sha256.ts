/**
 * SHA-256 (FIPS 180-4) at once and on any page: the browser's own is asynchronous and missing on pages without https,
 * and a library for it is three times as large as this.
 */

const fraction = (root: number) => ((root - Math.floor(root)) * 0x1_0000_0000) | 0;
const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** The hash of a text in UTF-8, 64 hexadecimal digits. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const blocks = ((bytes.length + 8) >> 6) + 1;
  const message = new DataView(new ArrayBuffer(blocks * 64));
  bytes.forEach((byte, at) => {
    message.setUint8(at, byte);
  });
  message.setUint8(bytes.length, 0x80);
  message.setUint32(blocks * 64 - 4, bytes.length * 8);
  const hash = [...START];
  for (let block = 0; block < blocks; block += 1) add(hash, message, block * 64);
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function add(hash: number[], message: DataView, from: number): void {
  const words = new Int32Array(64);
  const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));
  const word = (at: number) => words[at] ?? 0;
  for (let n = 0; n < 64; n += 1) {
    const [a, b] = [word(n - 15), word(n - 2)];
    words[n] =
      n < 16
        ? message.getInt32(from + n * 4)
        : word(n - 16) +
          word(n - 7) +
          (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) +
          (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let n = 0; n < 64; n += 1) {
    const one =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[n] ?? 0) + word(n)) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((part, n) => {
    hash[n] = ((hash[n] ?? 0) + part) | 0;
  });
}
