/** The fields of a form: what each holds, how it is stored, recorded and shown on paper, and what is wrong with it. */

import { all, dayIn, isDay, mark, put, shownDay, TextField, type TextInput, t, today } from "scormkit-runtime";

export type Shelf = "texts" | "dates" | "choices" | "names";

/** What a form wants to know of its fields. */
export interface Listener {
  /** Something changed that may change again at once. */
  typed(entry: Entry): void;
  /** The learner is done with the field. */
  settled(entry: Entry): void;
}

export abstract class Entry {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  /** Where the value lies in the stored state. */
  abstract readonly shelf: Shelf;
  /** What gets the focus. */
  abstract readonly target: HTMLElement;

  constructor(readonly root: HTMLElement) {
    this.id = root.dataset.field ?? "";
    this.label = root.dataset.label ?? "";
    this.required = "required" in root.dataset;
  }

  /** As it is stored. */
  abstract get value(): string;
  abstract set value(value: string);

  /** As it is recorded; null for what stays with the learner. */
  get answer(): string | null {
    return this.value;
  }

  /** As it stands on paper. */
  get shown(): string {
    return this.value;
  }

  /** What cannot be recorded as it is, in words; "" where all is well. */
  get fault(): string {
    return "";
  }

  /** What to say where a required field is empty. */
  abstract get missing(): string;

  /** Shows an error at the field, or takes it away where `text` is empty. */
  fail(text: string): void {
    const error = this.root.querySelector<HTMLElement>(".error");
    if (error) put(error, text);
    for (const input of all("input, textarea", this.root)) mark(input, "aria-invalid", text !== "");
  }
}

export class TextEntry extends Entry {
  readonly shelf: Shelf;
  readonly target: TextInput;
  private readonly field: TextField;

  constructor(root: HTMLElement, listener: Listener) {
    super(root);
    this.shelf = root.dataset.type === "name" ? "names" : "texts";
    this.target = need<TextInput>(root, "textarea, input");
    this.field = new TextField(
      this.target,
      () => listener.typed(this),
      () => listener.settled(this),
    );
  }

  get value(): string {
    return this.field.text;
  }

  set value(value: string) {
    this.field.text = value;
  }

  override get answer(): string | null {
    return this.shelf === "names" ? null : this.value;
  }

  override get fault(): string {
    return this.field.fault;
  }

  get missing(): string {
    return t(this.shelf === "names" ? "form.missing-name" : "form.missing-text", { label: this.label });
  }

  markShed(shed: boolean): void {
    need(this.root, "[data-shed]").hidden = !shed;
  }
}

export class DateEntry extends Entry {
  readonly shelf = "dates";
  readonly target: HTMLInputElement;

  constructor(root: HTMLElement, listener: Listener) {
    super(root);
    this.target = need<HTMLInputElement>(root, "input");
    const days = this.target.dataset.default;
    if (days !== undefined) this.target.value = dayIn(Number(days));
    this.target.addEventListener("input", () => listener.typed(this));
    this.target.addEventListener("change", () => {
      this.warn();
      // A year that is being typed is a date four times: 0002, 0020, 0202, 2026.
      if (this.fault) listener.typed(this);
      else listener.settled(this);
    });
  }

  get value(): string {
    return this.target.value;
  }

  set value(value: string) {
    this.target.value = value;
  }

  override get shown(): string {
    return shownDay(this.value);
  }

  override get fault(): string {
    const whole = this.value ? isDay(this.value) : !this.target.validity.badInput;
    return whole ? "" : t("form.bad-date", { label: this.label });
  }

  get missing(): string {
    return t("form.missing-date", { label: this.label });
  }

  /** A day on the wrong side of today: said gently, and left to the learner. */
  warn(): void {
    const { value, target } = this;
    const side = !value || this.fault ? "" : value < today() ? "past" : value > today() ? "future" : "";
    const text = side && side === target.dataset.warnIf ? t(side === "past" ? "form.past" : "form.future") : "";
    const place = need(this.root, "[data-warning]");
    if (place.textContent !== text) place.textContent = text;
  }
}

export class ChoiceEntry extends Entry {
  readonly shelf = "choices";

  constructor(root: HTMLElement, listener: Listener) {
    super(root);
    for (const radio of this.radios) radio.addEventListener("change", () => this.chosen(listener));
    root.querySelector("[data-clear]")?.addEventListener("click", () => {
      this.value = "";
      this.target.focus();
      this.chosen(listener);
    });
  }

  get target(): HTMLInputElement {
    return need<HTMLInputElement>(this.root, "input");
  }

  get value(): string {
    return this.radios.find((radio) => radio.checked)?.value ?? "";
  }

  set value(value: string) {
    for (const radio of this.radios) radio.checked = radio.value === value;
    this.showClear();
  }

  override get answer(): string {
    const chosen = this.radios.find((radio) => radio.checked);
    return chosen?.closest("label")?.querySelector("span")?.textContent ?? "";
  }

  override get shown(): string {
    return this.answer;
  }

  get missing(): string {
    return t("form.missing-choice", { label: this.label });
  }

  private get radios(): HTMLInputElement[] {
    return [...this.root.querySelectorAll("input")];
  }

  private chosen(listener: Listener): void {
    this.showClear();
    listener.settled(this);
  }

  private showClear(): void {
    const clear = this.root.querySelector<HTMLElement>("[data-clear]");
    if (clear) clear.hidden = !this.value;
  }
}

export function entryOf(root: HTMLElement, listener: Listener): Entry {
  if (root.dataset.type === "date") return new DateEntry(root, listener);
  if (root.dataset.type === "choice") return new ChoiceEntry(root, listener);
  return new TextEntry(root, listener);
}

function need<T extends HTMLElement = HTMLElement>(root: HTMLElement, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`form field ${root.dataset.field}: no ${selector}`);
  return found;
}
