/**
 * What every activity is made of: a custom element around markup that the compiler wrote. It fires
 * `scormkit-response` when the learner did something, and can be put back to a stored state. It knows neither the LMS
 * nor the session.
 */

import { announce } from "./elements";
import { t } from "./messages";
import { page } from "./page-data";
import type { ActivityData, Json, Response, Result } from "./unit";

export interface Answer {
  /** The interaction's key within the activity; "" where it is the only one. */
  key: string;
  response: Response;
  result: Result;
}

export interface ResponseDetail {
  /** The whole state of the activity: plain data, `texts` (key → text) for what the learner wrote at length. */
  state: Json;
  /** The learner did what the activity asks for. Once true it stays true. */
  done: boolean;
  /** 0–1 for a graded activity. */
  score?: number;
  /** Records that changed. */
  answers: Answer[];
  /** Still being typed: kept at once on this device, sent to the LMS a little later. */
  draft?: boolean;
}

export const RESPONSE = "scormkit-response";
/** Fired on the document when an activity's state changed, with its key as detail: for activities that show others'. */
export const STATE_CHANGED = "scormkit-state-changed";

/** Fired on the document once, when the learner's state is there; what is different for each learner comes from the
 * seed that it has as detail. */
export const OPENED = "scormkit-opened";

export type StateOf = (key: string) => Json | undefined;

export abstract class ActivityElement extends HTMLElement {
  /** Set by the session: reads another activity's state. */
  static stateOf: StateOf = () => undefined;

  private wired = false;

  /** The activity's key in the unit. */
  get key(): string {
    return this.dataset.key ?? "";
  }

  get activity(): ActivityData {
    return page().unit.activities[this.key] ?? { kind: "", label: "" };
  }

  /** What the kind's `client()` gave. */
  get data(): { [key: string]: Json } {
    return this.activity.data ?? {};
  }

  /** The key of another activity of the same session, by its author's id. */
  keyOf(id: string): string {
    return (this.activity.prefix ?? "") + id;
  }

  connectedCallback(): void {
    if (this.wired) return;
    this.wired = true;
    this.ready();
  }

  /** Wires up the markup; called once, before any state is put back. */
  protected abstract ready(): void;

  /** Puts back what was stored by an earlier `respond`. Must not fire. Unknown parts of the state are ignored. */
  abstract restore(state: Json): void;

  /** Records what was typed and not yet recorded: a field that was not left counts as left. */
  settle(): void {
    for (const field of this.all("textarea, input[data-limit]")) {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /** Shows everything, changes nothing: the learner looks at a finished unit. */
  lock(): void {
    for (const field of this.all("input, select, textarea, button[data-answer], button[data-edit]")) {
      field.setAttribute("disabled", "");
    }
  }

  protected respond(detail: ResponseDetail): void {
    this.dispatchEvent(new CustomEvent<ResponseDetail>(RESPONSE, { bubbles: true, detail }));
  }

  /** The first element that matches; it must be there. */
  protected one<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = this): T {
    const found = within.querySelector<T>(selector);
    if (!found) throw new Error(`${this.tagName.toLowerCase()} ${this.key}: no ${selector}`);
    return found;
  }

  protected all<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = this): T[] {
    return [...within.querySelectorAll<T>(selector)];
  }

  /** Says how the answer was, in the panel below it; it can be checked again. */
  protected judge(verdict: "right" | "not-yet" | "neutral", word: string): void {
    const panel = this.one(".verdict");
    panel.hidden = false;
    panel.dataset.verdict = verdict;
    this.one(".verdict-word").textContent = word;
    if (verdict !== "neutral") this.one("button[data-answer]").textContent = t("answer.check-again");
  }

  /** Says something to a screen reader, once. */
  protected announce(text: string): void {
    announce(text);
  }
}

/** Registers the behaviour of a kind as `<scormkit-KIND>`. */
export function define(kind: string, element: CustomElementConstructor): void {
  const name = `scormkit-${kind}`;
  if (!customElements.get(name)) customElements.define(name, element);
}

/** A property of a JSON object, or undefined: stored states are read with care. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value[key] : undefined;
}

/** The strings of a JSON list; anything else is dropped. */
export function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((part): part is string => typeof part === "string") : [];
}

/** The texts of a stored state by key. */
export function textsOf(state: Json | undefined): Record<string, string> {
  const texts = member(state, "texts");
  const found: Record<string, string> = {};
  if (texts === null || typeof texts !== "object" || Array.isArray(texts)) return found;
  for (const [key, text] of Object.entries(texts)) if (typeof text === "string") found[key] = text;
  return found;
}

/** Keys of texts that the trainer has but the LMS had no room to keep for showing again: they count as answered. */
export function shedOf(state: Json | undefined): string[] {
  return strings(member(state, "shed"));
}
