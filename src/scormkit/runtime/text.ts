/**
 * How long texts travel: cleaned once when they are typed, written on one line, cut into slots without loss.
 * `scormkit responses` joins them again with the same rules.
 */

/** What the learner typed without what no LMS keeps: outer space, tabs, control characters, lone surrogates. */
export function cleaned(text: string): string {
  return (
    Array.from(text, (character) => (/^[\ud800-\udfff]$/.test(character) ? "\ufffd" : character))
      .join("")
      .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
      .replace(/\t/g, " ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]/g, "")
      .trim()
  );
}

/**
 * One line: a line break becomes " / ", a slash that stands alone gets a second one, so that nothing is lost.
 * (Moodle's 2004 player and scorm-again refuse line breaks.) Brackets that are separators in SCORM 2004 get a space.
 */
export function onOneLine(text: string): string {
  return text
    .replace(/(^|[ \n])(\/+)(?=[ \n]|$)/g, "$1$2/")
    .replace(/\n/g, " / ")
    .replace(/\[( *)([,.:]\])/g, "[ $1$2");
}

/** The inverse of `onOneLine`. */
export function fromOneLine(line: string): string {
  return line
    .replace(/\[ ( *)([,.:]\])/g, "[$1$2")
    .split(" / ")
    .join("\n")
    .replace(/(^|[ \n])(\/+)\/(?=[ \n]|$)/g, "$1$2");
}

/** How much of a limit a text takes: its length as it is sent. */
export function lengthSent(text: string): number {
  return lead(onOneLine(cleaned(text))).length;
}

/** Spreadsheets take `=`, `+`, `-` and `@` for formulas, some players `{` for a language tag: a space goes first. */
function lead(line: string): string {
  return /^[=+\-@{]/.test(line) ? ` ${line}` : line;
}

const MARK = "~";

/**
 * The text in slots of at most `size` UTF-16 units. Each slot but the last ends in "~", each but the first begins
 * with it: a cut is seen, and no slot begins or ends with a space that a report would drop.
 */
export function slotted(text: string, size: number): string[] {
  let rest = lead(onOneLine(cleaned(text)));
  const slots: string[] = [];
  for (;;) {
    const start = slots.length ? MARK : "";
    if (start.length + rest.length <= size) {
      slots.push(start + rest);
      return slots;
    }
    let cut = size - start.length - MARK.length;
    const unit = rest.charCodeAt(cut - 1);
    if (unit >= 0xd800 && unit < 0xdc00) cut -= 1; // never between the halves of a character
    slots.push(start + rest.slice(0, cut) + MARK);
    rest = rest.slice(cut);
  }
}

/** The inverse of `slotted`: what was typed, cleaned. Slots after the end of the text are ignored. */
export function joined(slots: string[]): string {
  let line = slots[0] ?? "";
  for (const slot of slots.slice(1)) {
    if (!line.endsWith(MARK) || !slot.startsWith(MARK)) break;
    line = line.slice(0, -MARK.length) + slot.slice(MARK.length);
  }
  return fromOneLine(line.replace(/^ /, ""));
}
