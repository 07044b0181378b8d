/** The learner's own copy of a form, as text. */

import { t } from "scormkit-runtime";
import type { Entry } from "./entries";

/** Title, then each label with its answer below it. */
export function written(title: string, goal: string, entries: Entry[]): string {
  const parts = entries.map((entry) => `${entry.label}\n${entry.shown || t("form.nothing")}`);
  return `${[title, goal, ...parts].filter(Boolean).join("\n\n")}\n`;
}
