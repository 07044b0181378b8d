import fc from "fast-check";
import { deflateSync, inflateSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { deflate, inflate } from "../../src/scormkit/runtime/deflate";

const MOST = 1_000_000;
const PROSE =
  "Before I leave I walk the line with whoever takes over, say what is unsafe, and write down what can wait. " +
  "On Fridays the stand-in gets a call as well; nobody should have to guess what the night has left behind. ";

/** Bytes with repetitions near and far, as states have them. */
const repeating = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 })), { maxLength: 30 })
  .map((parts) =>
    Uint8Array.from(
      parts.flatMap(
        ([bytes, times]) =>
          Array(times)
            .fill([...bytes])
            .flat() as number[],
      ),
    ),
  );

const shortOrLong = fc.oneof(fc.uint8Array({ maxLength: 400 }), repeating);

describe("packing", () => {
  it("is read by every other unpacker", () => {
    fc.assert(
      fc.property(shortOrLong, (bytes) => {
        expect([...inflateSync(deflate(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  it("packs as tightly as the best level of others, up to two in a hundred", () => {
    const words = PROSE.split(" ");
    const texts = [PROSE, PROSE.repeat(20), JSON.stringify({ c: 12, s: ["_start"], r: { a: [1, 1, null, {}] } })];
    for (let size = 60; size < 2400; size += 60) {
      const mixed = Array.from({ length: size }, (_, index) => words[(index * index * 31 + size) % words.length]);
      texts.push(mixed.join(" "));
    }
    for (const text of texts) {
      const bytes = strToU8(text);
      expect(deflate(bytes).length).toBeLessThanOrEqual(Math.ceil(deflateSync(bytes, { level: 9 }).length * 1.02) + 2);
    }
  });

  it("keeps repetitions of any length and distance", () => {
    for (const length of [0, 1, 2, 3, 257, 258, 259, 600, 32_768, 40_000]) {
      const gap = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7919) % 251);
      const bytes = Uint8Array.from([...gap, ...new Uint8Array(length).fill(65), ...gap]);
      expect([...inflateSync(deflate(bytes))]).toEqual([...bytes]);
    }
  });
});

describe("unpacking", () => {
  it("reads what other packers wrote, stored, fixed or fitted", () => {
    fc.assert(
      fc.property(shortOrLong, fc.constantFrom(0, 1, 6, 9), (bytes, level) => {
        const packed = deflateSync(bytes, { level: level as 0 | 1 | 6 | 9 });
        expect([...inflate(packed, MOST)]).toEqual([...bytes]);
      }),
    );
  });

  it("refuses what is cut, and what unpacks to more than is wanted", () => {
    const packed = deflate(strToU8(PROSE.repeat(4)));
    for (let length = 0; length < packed.length; length += 1)
      expect(() => inflate(packed.slice(0, length), MOST)).toThrow();
    expect(() => inflate(deflate(new Uint8Array(5000)), 4000)).toThrow();
  });

  it("ends with an answer or an error, whatever it is given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(inflate(bytes, MOST).length).toBeLessThanOrEqual(MOST);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
