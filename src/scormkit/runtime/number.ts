/** Numbers as people write them: with the marks of their language, with spaces, with the unit behind, in Arabic or Persian digits too. */

/** The number in a text, or undefined where there is none. `language` decides what a lone "," or "." before three digits is. */
export function numberIn(text: string, language: string, unit = ""): number | undefined {
  let rest = text
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/٫/g, decimalMark(language))
    .replace(/[\s'’_٬\u061c\u200e\u200f]/g, "")
    .replace(/^[−–]/, "-");
  const tail = unit.replace(/\s/g, "");
  if (tail && rest.toLowerCase().endsWith(tail.toLowerCase())) rest = rest.slice(0, -tail.length);
  if (!/^[+-]?(\d[\d.,]*|[.,]\d+)$/.test(rest)) return undefined;
  const marks = rest.replace(/[^.,]/g, "");
  const last = marks.slice(-1);
  const grouped = /^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/.test(rest);
  // One sort of mark, three digits after each: thousands, unless it is this language's decimal mark and there is one.
  const thousands = marks.length > 1 ? new Set(marks).size === 1 : grouped && last !== decimalMark(language);
  if (thousands) return grouped ? Number(rest.replace(/[.,]/g, "")) : undefined;
  if (marks.length > 1 && marks.indexOf(last) < marks.length - 1) return undefined;
  const [whole = "", part = ""] = last
    ? [rest.slice(0, rest.lastIndexOf(last)), rest.slice(rest.lastIndexOf(last) + 1)]
    : [rest];
  if (marks.length > 1 && !/^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/.test(whole)) return undefined;
  return Number(`${whole.replace(/[.,]/g, "")}.${part}0`);
}

function decimalMark(language: string): string {
  return (1.5).toLocaleString(language, { numberingSystem: "latn" }).charAt(1);
}
