import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../src/scormkit/runtime/codec";
import type { Json } from "../../src/scormkit/runtime/unit";

/** What a learner may have written, in the shape of a stored state. */
const states = fc.record({
  c: fc.nat(),
  i: fc.string({ maxLength: 5 }),
  r: fc.dictionary(
    fc.stringMatching(/^[a-z-]{1,12}$/),
    fc.tuple(
      fc.nat(),
      fc.constantFrom(0, 1),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.record({
        texts: fc.dictionary(
          fc.stringMatching(/^[a-z]{0,8}$/),
          fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string({ unit: "binary", maxLength: 300 })),
          { maxKeys: 3 },
        ),
      }),
    ),
    { maxKeys: 4 },
  ),
});

describe("the stored state as a word", () => {
  it("gives back every text that a learner can write", () => {
    fc.assert(
      fc.property(states, (state) => {
        const sent = JSON.parse(JSON.stringify(state)) as Json;
        expect(decode(encode(sent))).toEqual(sent);
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it("comes back the same, whatever it holds", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const state = JSON.parse(JSON.stringify(value)) as Json;
        expect(decode(encode(state))).toEqual(state);
      }),
    );
  });

  it("holds only characters that every LMS stores", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(encode([text])).toMatch(/^[A-Za-z0-9_-]+$/);
      }),
    );
  });

  it("is refused when it was cut at any place", () => {
    const word = encode({ r: { plan: [1, 1, null, { texts: { action: "Call back within a day. ".repeat(20) } }] } });
    for (let length = 0; length < word.length; length += 1) expect(decode(word.slice(0, length))).toBeUndefined();
  });

  it("is refused when one character changed", () => {
    const word = encode({ c: 12, s: ["a", "b"] });
    for (let at = 9; at < word.length; at += 1) {
      const other = word[at] === "A" ? "B" : "A";
      const changed = decode(word.slice(0, at) + other + word.slice(at + 1));
      // The last character of base64 may hold bits that mean nothing.
      if (at < word.length - 1) expect(changed).toBeUndefined();
    }
  });

  it("is packed only where that makes it shorter", () => {
    expect(encode({ a: 1 })[1]).toBe("p");
    expect(encode({ a: "again and again ".repeat(30) })[1]).toBe("z");
  });

  it("is not read when somebody else wrote it", () => {
    for (const word of ["", "x", "viewed=1,2|lastviewedslide=3", "{}", "2zabcdefgAAAA"]) {
      expect(decode(word)).toBeUndefined();
    }
  });
});
