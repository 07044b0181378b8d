/**
 * Printing: the whole unit, or one activity alone (the plan) where `data-print` on the body names it. Long answers are
 * put on the paper as text, because a field shows only as much as fits into it.
 */

import { all, quoted } from "./elements";

const PRINTED = "printed";
const COPIES = "[data-on-paper]";

export function wirePrinting(): void {
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", tidy);
}

/** Prints the activity with this key; the whole unit where it is empty. */
export function printOut(key: string): void {
  if (key) document.body.dataset.print = key;
  window.print();
}

function prepare(): void {
  tidy(false);
  const key = document.body.dataset.print;
  if (key) {
    const activity = document.querySelector(`[data-key="${key}"]`)?.closest(".activity");
    activity?.classList.add(PRINTED);
    activity?.closest(".step")?.classList.add(PRINTED);
  }
  for (const field of document.querySelectorAll("textarea")) {
    const answer = quoted("p", field.value, "ruled");
    answer.dataset.onPaper = "";
    field.after(answer);
  }
}

function tidy(over: unknown = true): void {
  for (const answer of all(COPIES)) answer.remove();
  for (const place of all(`.${PRINTED}`)) place.classList.remove(PRINTED);
  if (over) delete document.body.dataset.print;
}
