/** The learner's own copy of a form, as a text file. */

import { offerFile, t } from "scormkit-runtime";
import type { Entry } from "./entries";

/** Title, then each label with its answer below it. */
export function written(title: string, goal: string, entries: Entry[]): string {
  const parts = entries.map((entry) => `${entry.label}\n${entry.shown || t("form.nothing")}`);
  return `${[title, goal, ...parts].filter(Boolean).join("\n\n")}\n`;
}

/** The text as a file. The mark and the line ends are for old editors, which else show one long line with odd letters. */
export function offerAsFile(title: string, text: string): void {
  offerFile(`${title}.txt`, "text/plain", `\ufeff${text.replace(/\n/g, "\r\n")}`);
}
