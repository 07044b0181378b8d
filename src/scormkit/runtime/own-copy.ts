/** The learner's own copy of what was answered, as a text file: the last resort where a platform takes nothing. */

import { ActivityElement } from "./activity";
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
  const answers = answersIn(activity).map(([asked, answer]) => (asked ? `${asked}:\n${answer}` : `– ${answer}`));
  const heading = [...all("h3, .prose", activity)].slice(0, 2).map(wordsOf);
  return answers.length ? [...new Set(heading), ...answers].filter(Boolean).join("\n\n") : "";
}

/** What was answered in an activity: the words beside it, where they are neither it nor the whole question, and it. */
export function answersIn(activity: HTMLElement): [asked: string, answer: string][] {
  const fields = all("input, textarea, select, .entry, .entry-text, .order-text", activity);
  return fields.map(answered).filter(([, answer]) => answer);
}

function answered(field: HTMLElement): [asked: string, answer: string] {
  if (field instanceof HTMLSelectElement) return [named(field), field.value && (field.selectedOptions[0]?.text ?? "")];
  if (field instanceof HTMLTextAreaElement) return [named(field), field.value];
  if (!(field instanceof HTMLInputElement)) return ["", field.matches(".order-text") ? placed(field) : wordsOf(field)];
  if (!/^(radio|checkbox)$/.test(field.type)) return [named(field), field.value];
  const group = field.closest("fieldset")?.querySelector("legend:not(.prose)");
  return [group ? wordsOf(group) : "", field.checked ? named(field) : ""];
}

/** A thing with its place, once the learner has put the list in order. */
function placed(field: HTMLElement): string {
  const row = field.closest("li");
  const key = field.closest<HTMLElement>("[data-key]")?.dataset.key ?? "";
  if (!row?.parentElement || ActivityElement.stateOf(key) === undefined) return "";
  return `${[...row.parentElement.children].indexOf(row) + 1}. ${wordsOf(field)}`;
}

function named(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
  const ids = field.getAttribute("aria-labelledby")?.split(" ");
  if (ids) return ids.map((id) => wordsOf(document.getElementById(id) ?? field)).join(": ");
  const label = field.labels?.[0];
  return label ? wordsOf(label) : (field.getAttribute("aria-label") ?? "");
}

function wordsOf(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
