import { array, assert, constantFrom, property } from "fast-check";
import { describe, it } from "vitest";
import { cleaned, lengthSent } from "../../runtime/text";

describe("the room that the records of a map are given", () => {
  const characters = constantFrom(..."ab /[]:,.=-@{😀\n".split(""), " / ", "[:", ":]");
  const note = array(characters, { maxLength: 12 }).map((parts) => cleaned(parts.join("")));
  const label = note.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);

  it("holds any list of labels with three characters between two", () => {
    assert(
      property(array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        const room = labels.reduce((sum, one) => sum + lengthSent(one), 3 * (labels.length - 1));
        return lengthSent(labels.join("\n")) <= room;
      }),
    );
  });

  it("holds any label with its note and two characters between them", () => {
    assert(
      property(label, note, (one, other) => lengthSent(`${one}: ${other}`) <= lengthSent(one) + 2 + lengthSent(other)),
    );
  });
});
