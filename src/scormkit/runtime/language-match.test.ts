import { describe, expect, it } from "vitest";
import { bestOf } from "./language-match";

describe("the best language", () => {
  it.each([
    ["de", ["en", "de"], "de"],
    ["de-AT,en", ["en", "de"], "de"],
    ["zh-Hant-TW", ["zh-Hant", "zh-Hans"], "zh-Hant"],
    ["zh-Hant-x-private", ["en", "zh-Hant"], "zh-Hant"],
    ["DE_ch", ["en", "de-CH"], "de-CH"],
    ["fr, de-AT", ["en", "de"], "de"],
    ["en-GB,de", ["de", "en"], "en"],
    ["de", ["en", "de-AT"], "de-AT"],
    ["pt-BR", ["en", "pt-PT"], "pt-PT"],
    ["*, de", ["en", "de"], "de"],
    ["en;q=0.3, de;q=0.8", ["en", "de"], "de"],
    ["de;q=0,en", ["de", "en"], "en"],
    ["fr", ["en", "de"], undefined],
    ["d", ["de"], undefined],
    ["", ["en", "de"], undefined],
    ["German", ["en", "de"], undefined],
  ])("for %j of %j is %j", (wishes, tags, best) => {
    expect(bestOf(wishes, tags)).toBe(best);
  });
});
