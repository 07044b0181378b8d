import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleaned, fromOneLine, joined, lengthSent, onOneLine, slotted } from "../../src/scormkit/runtime/text";

/** Any text a learner could paste, rich in what the encoding must take care of. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\n",
        " ",
        "/",
        " / ",
        "~",
        "[,]",
        "[ ,]",
        "[.]",
        "{",
        "=",
        "@",
        "-",
        "\t",
        "\r\n",
        "é",
        "ع",
        "客",
        "🙂",
      ),
      fc.string({ unit: "grapheme", maxLength: 5 }),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

describe("a text on its way to the trainer", () => {
  it("comes back whole from slots of any size", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 5, max: 300 }), (text, size) => {
        const slots = slotted(text, size);
        expect(Math.max(...slots.map((slot) => slot.length))).toBeLessThanOrEqual(size);
        expect(joined(slots)).toBe(cleaned(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("stands on one line and is the same afterwards", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = onOneLine(cleaned(text));
        expect(line).not.toContain("\n");
        expect(fromOneLine(line)).toBe(cleaned(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("is still whole when the LMS trims each slot", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 5, max: 40 }), (text, size) => {
        expect(joined(slotted(text, size).map((slot) => slot.trim()))).toBe(cleaned(text));
      }),
    );
  });

  it("is whole although an earlier, longer text left slots behind", () => {
    const old = slotted("x".repeat(600), 255);
    const slots = slotted("short", 255);
    expect(joined([...slots, ...old.slice(1)])).toBe("short");
  });

  it("does not part the two halves of a character", () => {
    const slots = slotted("🙂".repeat(200), 255);
    expect(slots.every((slot) => !/[\ud800-\udbff](?![\udc00-\udfff])/.test(slot))).toBe(true);
  });

  it("never begins like a formula or a language tag", () => {
    for (const text of ["=1+1", "@home", "+49 170", "-5", "{lang=x}hello"]) {
      expect(slotted(text, 255)[0]).toBe(` ${text}`);
      expect(joined(slotted(text, 255))).toBe(text);
    }
  });

  it("is readable: a line break is a slash between spaces", () => {
    expect(onOneLine("first\nsecond")).toBe("first / second");
  });

  it("counts against its limit as it is sent", () => {
    expect(lengthSent("a\nb")).toBe(5);
    expect(lengthSent("  a  ")).toBe(1);
  });
});
