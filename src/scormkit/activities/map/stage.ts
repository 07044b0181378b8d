/** What both stages of a map have in common: their place in the page, and how they find what is in it. */

import type { Json, ResponseDetail } from "scormkit-runtime";

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

export function find<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`map: no ${selector}`);
  return found;
}
