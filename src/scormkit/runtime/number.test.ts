import { describe, expect, it } from "vitest";
import { numberIn } from "./number";

describe("a number as people write it", () => {
  it.each([
    ["70", 70],
    [" 1 500 ", 1500],
    ["1,500", 1500],
    ["1,500,000", 1500000],
    ["1'500.25", 1500.25],
    ["1.500,25", 1500.25],
    ["1,5", 1.5],
    [".5", 0.5],
    ["-3.25", -3.25],
    ["−3", -3],
    ["+4", 4],
    ["20 %", 20],
    ["20%", 20],
    ["0.125", 0.125],
    ["7.", 7],
    ["0,125", 0.125],
  ])("reads %j in English", (text, number) => {
    expect(numberIn(text, "en", "%")).toBe(number);
  });

  it("takes a lone point before three digits for thousands where the comma parts decimals", () => {
    expect(numberIn("1.500", "de")).toBe(1500);
    expect(numberIn("1,500", "de")).toBe(1.5);
    expect(numberIn("1.500", "en")).toBe(1.5);
  });

  it.each([
    ["٧٠", 70],
    ["١٬٥٠٠٫٢٥", 1500.25],
    ["۱٫۵", 1.5],
    ["1.5", 1.5],
    ["\u061c-٣", -3],
  ])("reads %j on an Arabic page", (text, number) => {
    expect(numberIn(text, "ar")).toBe(number);
  });

  it.each(["", "-", "many", "1e5", "12a", "1,2,3", "1.2,3.4", "1,23.4", "0x10", "1-2", "5 €"])(
    "reads none in %j",
    (text) => {
      expect(numberIn(text, "en", "%")).toBeUndefined();
    },
  );
});
