/** The runtime's words, from the catalogue of the unit's language. */

import { page } from "./page-data";

/** The message `key` with `{name}` replaced. A count picks `key.one`, `key.other`, … by the language's rules. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const { messages, language } = page().unit;
  let text = messages[key];
  if (text === undefined && typeof values.count === "number") {
    text = messages[`${key}.${new Intl.PluralRules(language).select(values.count)}`] ?? messages[`${key}.other`];
  }
  return (text ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
