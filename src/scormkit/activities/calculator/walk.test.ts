import { describe, expect, it } from "vitest";
import cases from "../../../../tests/activities/formulas.json";
import { worth } from "./walk";

const VALUES = new Map<string, number | number[]>([
  ["start", 10],
  ["step", 2],
  ["n", 5],
  ["sales", [10, 12, 14, 16, 18]],
]);

describe("a parsed formula", () => {
  it.each(cases)("$formula is $value, as the compiler says", ({ parsed, value }) => {
    expect(worth(parsed, VALUES)).toBeCloseTo(value);
  });

  it.each([null, "nobody", ["run", 1], {}, [], ["sum"]])("is no number where it is %j", (formula) => {
    expect([Number.NaN, 0]).toContainEqual(worth(formula, VALUES));
  });
});
