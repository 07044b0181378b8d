import { describe, expect, it } from "vitest";
import { mostLike } from "./resemblance";

describe("which examples are most like a pathway", () => {
  const titles = ["Personal visit", "Letter", "Telephone", "E-mail", "Website", "Social media"];
  it.each([
    ["E-Mail", "E-mail"],
    ["email", "E-mail"],
    ["By phone", "Telephone"],
    ["Our web site", "Website"],
    ["Letters and parcels", "Letter"],
    ["The media", "Social media"],
    ["Somebody walks in", "Personal visit"],
  ])("%s: %s", (label, title) => {
    expect(titles[mostLike(label, titles)]).toBe(title);
  });
});
