// An example of an activity kind in a fake page, and what a learner does with it.
import { expect, inject } from "vitest";
import type { ActivityData, Json, ResponseDetail, Unit } from "../src/scormkit/runtime/index";

/** What `rendered.py` prints. */
interface Rendered {
  examples: Record<string, Record<string, { html: string; data: { [key: string]: Json } }>>;
  messages: Record<string, string>;
}

declare module "vitest" {
  export interface ProvidedContext {
    rendered: Rendered;
  }
}

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
  lock(): void;
}

export class Example {
  readonly heard: ResponseDetail[] = [];
  private readonly activity: Activity;

  /** The kind's behaviour must have been imported. `change` replaces parts of what the behaviour knows, `asked` how it is asked. */
  constructor(kind: string, name: string, change: { [key: string]: Json } = {}, asked: Partial<ActivityData> = {}) {
    const { examples, messages } = inject("rendered");
    const example = examples[kind]?.[name];
    if (!example) throw new Error(`${kind} has no example ${name}`);
    const data = { ...example.data, ...change };
    const unit = { language: "en", messages, activities: { key: { kind, label: "", data, ...asked } } };
    globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
    document.body.innerHTML = `<div id="announcer"></div><scormkit-${kind} data-key="key">${example.html}</scormkit-${kind}>`;
    this.activity = document.querySelector("[data-key]") as Activity;
    this.activity.addEventListener("scormkit-response", (event) =>
      this.heard.push((event as CustomEvent<ResponseDetail>).detail),
    );
  }

  get last(): ResponseDetail {
    return this.heard[this.heard.length - 1] as ResponseDetail;
  }

  get verdict(): string {
    return this.one(".verdict").hidden ? "" : (this.one(".verdict-word").textContent ?? "");
  }

  get error(): string {
    return this.one(".error").textContent ?? "";
  }

  /** What is said of the parts, by their place; "" where nothing is said. */
  get said(): string[] {
    return this.all(".feedback").map((place) => (place.hidden ? "" : (place.textContent ?? "")));
  }

  one<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.activity.querySelector<T>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  all<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return [...this.activity.querySelectorAll<T>(selector)];
  }

  write(selector: string, text: string): void {
    const field = this.one<HTMLInputElement>(selector);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  pick(selector: string): void {
    this.one<HTMLInputElement>(selector).click();
  }

  check(): void {
    this.one("button[data-answer]").click();
  }

  settle(): void {
    this.activity.settle();
  }

  restore(state: Json): void {
    this.activity.restore(state);
  }

  /** Another visit shows what this one stored, silently; whatever else may be stored does no harm. */
  comesBack(kind: string, name: string, asked: Partial<ActivityData> = {}): Example {
    const again = new Example(kind, name, {}, asked);
    for (const odd of [null, 7, [], "x", { given: 7, checks: "x", texts: 3, shed: {} }, { given: { a: {} } }]) {
      again.restore(odd);
    }
    expect(again.verdict).toBe("");
    again.restore(this.last.state);
    expect(again.heard).toEqual([]);
    return again;
  }
}
