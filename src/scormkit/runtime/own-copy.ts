/** The learner's own copy of what was answered, as a text file: the last resort where a platform takes nothing. */

import { all } from "./elements";
import { offerText } from "./file";
import { t } from "./messages";

/** Offers every activity as it stands on the page: what is asked, and what was answered. */
export function offerAnswers(): void {
  const title = document.querySelector("h1")?.textContent ?? "";
  const parts = all(".activity:not(.reading)").map(inWords);
  offerText(t("copy.title", { title }), `${[title, ...parts.filter(Boolean)].join("\n\n\n")}\n`);
}

/** "" where nothing was answered. */
function inWords(activity: HTMLElement): string {
  const answers = all("input, textarea, select, .entry, .entry-text", activity).flatMap((field) => {
    const [answer, asked] = answered(field);
    return answer ? [asked ? `${asked}:\n${answer}` : `– ${answer}`] : [];
  });
  const heading = [...all("h3, .prose", activity)].slice(0, 2).map(wordsOf);
  return answers.length ? [...new Set(heading), ...answers].filter(Boolean).join("\n\n") : "";
}

/** An answer, and the words beside it where they are not the answer itself. */
function answered(field: HTMLElement): [string, string] {
  if (field instanceof HTMLSelectElement) return [field.value && (field.selectedOptions[0]?.text ?? ""), named(field)];
  if (field instanceof HTMLTextAreaElement) return [field.value, named(field)];
  if (!(field instanceof HTMLInputElement)) return [wordsOf(field), ""];
  if (!/^(radio|checkbox)$/.test(field.type)) return [field.value, named(field)];
  const group = field.closest("fieldset")?.querySelector("legend");
  return [field.checked ? named(field) : "", group ? wordsOf(group) : ""];
}

function named(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
  const label = field.labels?.[0];
  return label ? wordsOf(label) : (field.getAttribute("aria-label") ?? "");
}

function wordsOf(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
