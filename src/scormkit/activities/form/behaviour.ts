/** Fill in, save, keep: every field is recorded when it is left, and all of them once more with the button. */

import {
  ActivityElement,
  type Answer,
  define,
  type Json,
  made,
  member,
  offerText,
  Recorded,
  shedOf,
  strings,
  t,
  today,
  whenSent,
} from "scormkit-runtime";
import { written } from "./copy";
import { DateEntry, type Entry, entryOf, type Shelf, TextEntry } from "./entries";

class Form extends ActivityElement {
  private entries: Entry[] = [];
  private shed: string[] = [];
  /** The day on which it was saved first, "" before. What comes later (a report) is counted from it. */
  private saved = "";
  private readonly recorded = new Recorded();
  /** Fields with something that is typed and not recorded yet. */
  private readonly open = new Set<Entry>();

  protected ready(): void {
    const listener = {
      typed: (entry: Entry) => this.typed(entry),
      settled: (entry: Entry) => this.settled(entry),
    };
    this.entries = this.all("[data-field]").map((root) => entryOf(root, listener));
    whenSent(this.one("form"), () => this.save());
    this.querySelector("[data-download]")?.addEventListener("click", () => offerText(this.heading, this.copy));
    this.refresh();
  }

  restore(state: Json): void {
    this.shed = shedOf(state);
    this.open.clear();
    for (const entry of this.entries) {
      const value = member(member(state, entry.shelf), entry.id);
      // A date that is not in the state keeps its default; one that was cleared is stored as empty.
      if (typeof value !== "string" && entry.shelf === "dates") continue;
      entry.value = typeof value === "string" ? value : "";
      if (!entry.value) continue;
      this.recorded.forget(entry.id);
      this.open.add(entry);
    }
    const saved = member(state, "saved");
    const day = typeof saved === "string" ? saved : saved === true ? today() : "";
    // Saved in the future: that clock was wrong, or this one is.
    this.saved = day < today() ? day : day && today();
    this.one("[data-saved]").hidden = !day;
    this.refresh();
  }

  /** Records what was typed and not yet left. */
  override settle(): void {
    this.record([...this.open]);
  }

  private get withheld(): string[] {
    return strings(this.data.withheld);
  }

  private get heading(): string {
    return this.one("form").dataset.title || this.activity.label;
  }

  /** The form as text. */
  private get copy(): string {
    const goal = this.querySelector(".form-return")?.textContent ?? "";
    return written(this.heading, goal, this.entries);
  }

  private get state(): Json {
    const shelves: { [shelf in Shelf]?: Record<string, string> } = {};
    for (const { id, shelf, value } of this.entries) {
      if (value || shelf === "dates") shelves[shelf] = { ...shelves[shelf], [id]: value };
    }
    return {
      ...shelves,
      ...(this.saved ? { saved: this.saved } : {}),
      ...(this.shed.length ? { shed: this.shed } : {}),
    };
  }

  private typed(entry: Entry): void {
    this.open.add(entry);
    if (entry.value) this.shed = this.shed.filter((key) => key !== entry.id);
    // Errors come and go while typing and never when a field is left: nothing moves under a pointer on its way.
    if (entry instanceof TextEntry) entry.fail(entry.fault);
    this.refresh();
    this.respond({ state: this.state, done: this.saved !== "", answers: [], draft: true });
  }

  private settled(entry: Entry): void {
    if (!entry.fault && entry.value) entry.fail("");
    this.refresh();
    this.record([entry]);
  }

  /** Records the fields that changed; what cannot be recorded as it is waits as a draft. */
  private record(entries: Entry[]): void {
    const answers = this.changes(entries);
    for (const entry of entries) if (!entry.fault) this.open.delete(entry);
    const waiting = [...this.open].some((entry) => entry.fault);
    this.respond({ state: this.state, done: this.saved !== "", answers, ...(waiting ? { draft: true } : {}) });
  }

  private save(): void {
    const wrong: HTMLElement[] = [];
    for (const entry of this.entries) {
      const empty = entry.required && !entry.value && !this.shed.includes(entry.id);
      const error = entry.fault || (empty ? entry.missing : "");
      entry.fail(error);
      if (error) wrong.push(linkTo(entry, error));
      if (entry instanceof DateEntry) entry.warn();
    }
    const summary = this.one("[data-errors]");
    summary.hidden = !wrong.length;
    const panel = this.one("[data-saved]");
    panel.hidden = wrong.length > 0;
    if (wrong.length) {
      this.one("ul", summary).replaceChildren(...wrong);
      summary.focus();
      this.settle();
      return;
    }
    this.saved ||= today();
    // The whole as it was sent; what stays with the learner is not in it.
    const sent = this.entries.filter((entry) => entry.answer !== null && !this.withheld.includes(entry.id));
    const whole = this.recorded.changed("", written(this.heading, "", sent));
    const answers = [...this.changes(this.entries), ...whole];
    this.open.clear();
    this.respond({ state: this.state, done: true, answers });
    panel.focus();
  }

  private changes(entries: Entry[]): Answer[] {
    return entries.flatMap(({ id, answer, fault }) =>
      answer === null || fault ? [] : this.recorded.changed(id, answer),
    );
  }

  /** What follows from the fields: the notes about shed texts and the copy for paper. */
  private refresh(): void {
    for (const entry of this.entries) {
      if (entry instanceof TextEntry) entry.markShed(this.shed.includes(entry.id));
      this.one(`[data-copy="${entry.id}"]`).textContent = entry.shown;
    }
  }
}

/** A line of the error summary. */
function linkTo(entry: Entry, error: string): HTMLElement {
  // What is said of a text's length does not name the field.
  const unnamed = entry instanceof TextEntry && entry.fault !== "";
  const link = made("a", unnamed ? t("form.too-long", { label: entry.label, problem: error }) : error);
  link.setAttribute("href", `#${entry.target.id}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    entry.target.focus();
  });
  const row = made("li");
  row.append(link);
  return row;
}

define("form", Form);
