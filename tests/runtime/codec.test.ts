import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../src/scormkit/runtime/codec";
import type { Json } from "../../src/scormkit/runtime/unit";

describe("the stored state as a word", () => {
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
