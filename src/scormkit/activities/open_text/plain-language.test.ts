import { afterEach, describe, expect, it, vi } from "vitest";
import { plainness } from "./plain-language";

afterEach(() => vi.unstubAllGlobals());

describe("how plain a text is", () => {
  it("counts words and sentences, and finds the longest", () => {
    const found = plainness(
      "This is a card. You hold it here, and type four figures that only you know.",
      "en",
      10,
      [],
    );
    expect(found).toMatchObject({ words: 16, sentences: 2, longest: 12, tooLong: 1, beginning: "You hold it here" });
  });

  it("names long words once, and words of the list in whatever case, whole words only", () => {
    const text = "Authentication, authentication! The USB port; see PIN-code. Spin it.";
    const found = plainness(text, "en", 15, ["usb", "pin", "port", "NFC", "mass storage"]);
    expect(found?.longWords).toEqual(["Authentication", "authentication"]);
    expect(found?.avoided).toEqual(["usb", "pin", "port"]);
    expect(plainness("It is mass  storage.", "en", 15, ["mass storage"])?.avoided).toEqual(["mass storage"]);
  });

  it.each([
    ["ar", "هذه بطاقة. هل تعرف رقمها؟ اكتبه هنا.", 7, 3],
    ["ja", "これはカードです。ここに入れます。", undefined, 2],
    ["de", "Das ist z. B. ein Schlüssel.\nEr passt überall.", undefined, undefined],
  ])("takes %s as it is written", (language, text, words, sentences) => {
    const found = plainness(text, language, 15, []);
    if (words) expect(found?.words).toBe(words);
    if (sentences) expect(found?.sentences).toBe(sentences);
    expect(found?.tooLong).toBe(0);
  });

  it("says nothing of an empty text, and nothing where the browser cannot tell words apart", () => {
    expect(plainness("  ", "en", 15, ["a"])).toMatchObject({ words: 0, sentences: 0, longest: 0, beginning: "" });
    vi.stubGlobal("Intl", {});
    expect(plainness("One word.", "en", 15, [])).toBeUndefined();
  });
});
