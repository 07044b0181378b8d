import { describe, expect, it } from "vitest";
import { wrapped } from "./picture";

describe("names in the picture", () => {
  it("are broken between words, cut where a word is too long, and end in … where there is no room", () => {
    expect(wrapped("Personal visit", 16)).toEqual(["Personal visit"]);
    expect(wrapped("Potential customers and casual enquirers", 16)).toEqual([
      "Potential",
      "customers and",
      "casual enquirers",
    ]);
    expect(wrapped("Kundendienstzentrale", 16)).toEqual(["Kundendienstzen-", "trale"]);
    expect(wrapped("one two three four five six seven eight nine ten", 9)).toEqual(["one two", "three", "four fiv…"]);
    expect(wrapped("電話とメールと手紙です", 16)).toEqual(["電話とメールと", "手紙です"]);
  });
});
