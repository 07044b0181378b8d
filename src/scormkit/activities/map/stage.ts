/** What both stages of a map have in common: their place in the page, and how a field says what is wrong. */

import type { Answer, Json, ResponseDetail } from "scormkit-runtime";

export interface Stage {
  restore(state: Json): void;
  /** Records what was typed and not yet left. */
  settle(): void;
}

/** What a stage may use of the element that it lives in. */
export interface Surroundings {
  root: HTMLElement;
  key: string;
  data: { [key: string]: Json };
  respond(detail: ResponseDetail): void;
  announce(text: string): void;
}

/** Answers that were recorded since the page was opened, so that only what differs is recorded again. */
export class Recorded {
  private readonly last = new Map<string, Answer["response"] | null>();

  /** An earlier visit wrote something under this key and may not have recorded it. */
  forget(key: string): void {
    this.last.set(key, null);
  }

  /** The answer in a list where it differs from the last one, else nothing. `empty` is what it was at first. */
  changed(key: string, response: string | number, empty: string | number): Answer[] {
    const last = this.last.get(key);
    if (response === (last === undefined ? empty : last)) return [];
    this.last.set(key, response);
    return [{ key, response, result: "neutral" }];
  }
}

export function find<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`map: no ${selector}`);
  return found;
}

/** Shows an error at its field, or takes it away where `text` is empty. */
export function fail(input: HTMLElement, text: string): void {
  const error = document.getElementById(`${input.id}-error`);
  if (error) {
    error.textContent = text;
    error.hidden = !text;
  }
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
