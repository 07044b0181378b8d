/** The learner's own copy of a form, as a text file. */

import { t } from "scormkit-runtime";
import type { Entry } from "./entries";

let last = "";

/** Title, then each label with its answer below it. */
export function written(title: string, goal: string, entries: Entry[]): string {
  const parts = entries.map((entry) => `${entry.label}\n${entry.shown || t("form.nothing")}`);
  return `${[title, goal, ...parts].filter(Boolean).join("\n\n")}\n`;
}

/** Hands a text to the browser as a file to keep. */
export function offerAsFile(title: string, text: string): void {
  // The address of the file before is given back now: at once would be too early for some browsers.
  if (last) URL.revokeObjectURL(last);
  // The mark and the line ends are for old editors, which else show one long line with odd letters.
  last = URL.createObjectURL(new Blob([`\ufeff${text.replace(/\n/g, "\r\n")}`], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = last;
  link.download = `${title
    .replace(/[\\/:*?"<>|\s]+/g, " ")
    .trim()
    .slice(0, 80)}.txt`;
  document.body.append(link);
  link.click();
  link.remove();
}
