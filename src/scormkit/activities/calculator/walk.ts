/** Works out a formula that the compiler parsed: a number, a name, or a list of an operator and what it is applied to. */

import type { Json } from "scormkit-runtime";

/** What the names stand for: a number, or the numbers of a series. */
export type Values = Map<string, number | number[]>;

/** What the formula is with these values; NaN where it is no number. */
export function worth(formula: Json | undefined, values: Values): number {
  const found = partOf(formula, values);
  return typeof found === "number" ? found : Number.NaN;
}

function partOf(formula: Json | undefined, values: Values): number | number[] | undefined {
  if (typeof formula === "number") return formula;
  if (typeof formula === "string") return values.get(formula);
  if (!Array.isArray(formula)) return undefined;
  const [name, ...parts] = formula;
  const numbers = parts.flatMap((part) => partOf(part, values) ?? Number.NaN);
  const [first = Number.NaN, second = Number.NaN] = numbers;
  switch (name) {
    case "+":
      return first + second;
    case "-":
      return parts.length > 1 ? first - second : -first;
    case "*":
      return first * second;
    case "/":
      return first / second;
    case "^":
      return first ** second;
    case "sum":
      return numbers.reduce((sum, number) => sum + number, 0);
    case "min":
      return Math.min(...numbers);
    case "max":
      return Math.max(...numbers);
    case "first":
      return first;
    case "last":
      return numbers[numbers.length - 1];
    case "round":
      return Math.round(first);
    default:
      return undefined;
  }
}
