/** The runtime's words, from the catalogue of the unit's language. */

import { page } from "./page-data";

/** The message `key` with `{name}` replaced. A count picks `key_one`, `key_other`, … by the language's rules. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const { messages, language } = page().unit;
  let text = messages[key];
  if (text === undefined && typeof values.count === "number") {
    text = messages[`${key}_${new Intl.PluralRules(language).select(values.count)}`] ?? messages[`${key}_other`];
  }
  return (text ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    // A text that runs the other way keeps its marks to itself (Unicode bidirectional algorithm, isolates).
    return typeof value === "string" && document.dir === "rtl" ? `\u2068${value}\u2069` : String(value);
  });
}

/** How numbers, days and times are written: in the digits of the messages, whatever a browser takes for a language's. */
export const DIGITS = { numberingSystem: "latn" } as const;
