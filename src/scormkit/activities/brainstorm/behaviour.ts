/**
 * A list that grows entry by entry and can be changed at any time; then groups to compare it with. What stands in the
 * field but was not added yet is kept and sent as the last entry: leaving without pressing the button loses nothing.
 */

import {
  ActivityElement,
  type Answer,
  define,
  type Json,
  lengthSent,
  mark,
  member,
  put,
  shedOf,
  TextField,
  t,
  textsOf,
  whenSent,
} from "scormkit-runtime";

const TICKS = ["had", "new", "not"] as const;
type Tick = (typeof TICKS)[number];

/** A field for an entry, with the place for what is wrong and the place for a friendly word. */
interface Slot {
  field: TextField;
  error: HTMLElement;
  note: HTMLElement;
}

class Brainstorm extends ActivityElement {
  private entries: string[] = [];
  private adding!: Slot;
  /** The entry that is being changed, if any. */
  private editing: (Slot & { index: number }) | undefined;
  private compared = false;
  private ticks: Record<string, Tick> = {};
  private shed: string[] = [];
  /** What was sent last; undefined where a stored list may or may not have been sent. */
  private sentList: string | undefined = "";
  private sentTicks = "";

  protected ready(): void {
    const form = this.one("form");
    this.adding = this.slotIn(form);
    whenSent(form, () => this.add());
    this.querySelector("[data-compare]")?.addEventListener("click", () => this.compare());
    const comparison = this.querySelector("[data-comparison]");
    comparison?.addEventListener("change", (event) => this.tick(event.target));
    this.show();
  }

  restore(state: Json): void {
    this.editing = undefined;
    this.shed = shedOf(state);
    this.entries = (textsOf(state)[""] ?? "").split("\n").filter(Boolean);
    const last = this.entries[this.entries.length - 1] ?? "";
    // Only what was never added can be too long: it goes back to where it was being typed.
    const { field } = this.adding;
    const unfinished = lengthSent(last) > field.limit;
    field.text = unfinished ? (this.entries.pop() ?? "") : "";
    this.ticks = {};
    for (const { id } of this.groups) {
      const stored = member(member(state, "ticks"), id);
      const tick = TICKS.find((value) => value === stored);
      if (tick) this.ticks[id] = tick;
    }
    this.compared = this.groups.length > 0 && member(state, "compared") === true;
    this.sentList = this.entries.length ? undefined : "";
    this.sentTicks = this.said;
    for (const group of this.groups) {
      for (const input of this.all<HTMLInputElement>("input", group.element)) {
        input.checked = input.value === this.ticks[group.id];
      }
    }
    put(this.adding.error, field.fault);
    put(this.adding.note, this.isShed ? t("text.shed") : "");
    this.show();
  }

  /** Records what was typed but not added. */
  override settle(): void {
    this.record();
  }

  private get atMost(): number {
    return Number(this.data.atMost ?? 12);
  }

  /** How many entries are still needed. */
  private get missing(): number {
    return this.isShed ? 0 : Math.max(0, Number(this.data.atLeast ?? 1) - this.entries.length);
  }

  /** The trainer has the list, but there was no room to keep it for showing here. */
  private get isShed(): boolean {
    return this.shed.includes("") && !this.listed(false).length;
  }

  private get groups(): { id: string; title: string; element: HTMLElement }[] {
    return this.all("[data-group]").map((element) => ({
      id: element.dataset.group ?? "",
      title: (this.one("legend", element).textContent ?? "").trim(),
      element,
    }));
  }

  private get allTicked(): boolean {
    return this.groups.every(({ id }) => id in this.ticks);
  }

  private slotIn(within: HTMLElement): Slot {
    const error = this.one(".error", within);
    const note = this.one("[data-note]", within);
    const typed = () => {
      put(error, "");
      put(note, "");
      this.record(true);
    };
    const left = () => {
      put(error, field.fault);
      this.record();
    };
    const field: TextField = new TextField(this.one<HTMLInputElement>("input", within), typed, left);
    return { field, error, note };
  }

  /** The entry in a slot if it can go into the list; otherwise says why not and stays there. */
  private checked({ field, error, note }: Slot, index = -1): string | undefined {
    const entry = entryIn(field);
    const twin = this.twin(entry, index);
    const isNew = index < 0;
    let word = "";
    if (!entry) word = t(isNew ? "brainstorm.empty" : "brainstorm.empty-edit");
    else if (twin) word = t("brainstorm.twice", { entry: twin });
    else if (isNew && this.entries.length >= this.atMost) word = t("brainstorm.full");
    put(error, field.fault);
    put(note, field.excess ? "" : word);
    if (!field.excess && !word) return entry;
    if (!field.excess) this.announce(word);
    field.input.focus();
    return undefined;
  }

  /** An entry that says the same, whatever its capitals, spaces and full stops. */
  private twin(entry: string, except: number): string | undefined {
    return this.entries.find((other, index) => index !== except && gist(other) === gist(entry));
  }

  private add(): boolean {
    const entry = this.finishEditing() ? this.checked(this.adding) : undefined;
    if (entry === undefined) return false;
    this.entries.push(entry);
    this.adding.field.text = "";
    const full = this.entries.length >= this.atMost ? t("brainstorm.full") : "";
    put(this.adding.note, full);
    this.adding.field.input.focus();
    this.show();
    this.announce(`${t("brainstorm.added", { count: this.entries.length })} ${full}`.trim());
    this.record();
    return true;
  }

  private drop(index: number): void {
    if (!this.finishEditing()) return;
    this.entries.splice(index, 1);
    put(this.adding.note, "");
    this.show();
    const next = Math.min(index, this.entries.length - 1);
    (this.button("remove", next) ?? this.adding.field.input).focus();
    this.announce(t("brainstorm.removed", { count: this.entries.length }));
    this.record();
  }

  private edit(index: number): void {
    if (!this.finishEditing()) return;
    const row = this.all("[data-entries] > li")[index];
    if (!row) return;
    const form = this.editForm();
    row.replaceChildren(form);
    this.editing = { ...this.slotIn(form), index };
    const { field } = this.editing;
    field.text = this.entries[index] ?? "";
    field.input.focus();
    field.input.select();
  }

  private editForm(): HTMLElement {
    const form = this.copyOf("[data-editor]");
    whenSent(form, () => {
      const index = this.editing?.index ?? -1;
      if (this.finishEditing()) this.button("edit", index)?.focus();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      const index = this.editing?.index ?? -1;
      this.editing = undefined;
      this.show();
      this.button("edit", index)?.focus();
      this.record();
    });
    return form;
  }

  /** Takes over what is being changed. False: it cannot be taken over, and the learner was told why. */
  private finishEditing(): boolean {
    if (!this.editing) return true;
    const { index } = this.editing;
    const entry = this.checked(this.editing, index);
    if (entry === undefined) return false;
    const changed = entry !== this.entries[index];
    this.entries[index] = entry;
    this.editing = undefined;
    this.show();
    if (changed) this.announce(t("brainstorm.changed"));
    this.record();
    return true;
  }

  private compare(): void {
    if (!this.finishEditing()) return;
    const { field } = this.adding;
    const entry = entryIn(field);
    const fresh = entry && !this.twin(entry, -1) && this.entries.length < this.atMost;
    if ((fresh || field.excess) && !this.add()) return;
    if (this.missing) {
      field.input.focus();
      this.announce(t("brainstorm.missing", { count: this.missing }));
      return;
    }
    this.compared = true;
    this.show();
    this.one("[data-comparison] h4").focus();
    this.record();
  }

  private tick(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return;
    const id = target.closest<HTMLElement>("[data-group]")?.dataset.group;
    const tick = TICKS.find((value) => value === target.value);
    if (id === undefined || !tick) return;
    const before = this.allTicked;
    this.ticks[id] = tick;
    this.show();
    if (!before && this.allTicked) this.announce(t("brainstorm.compared"));
    this.record();
  }

  /** Brings the page into line with the list and the comparison. */
  private show(): void {
    const count = this.entries.length;
    const list = this.one("[data-entries]");
    if (!this.editing) list.replaceChildren(...this.entries.map((entry, index) => this.row(entry, index)));
    list.hidden = !count;
    put(this.one("[data-count]"), count ? t("brainstorm.count", { count }) : "");
    const comparison = this.querySelector<HTMLElement>("[data-comparison]");
    if (!comparison) return;
    comparison.hidden = !this.compared;
    this.one("[data-ask]").hidden = this.compared;
    const button = this.one("[data-compare]");
    mark(button, "aria-disabled", this.missing > 0);
    put(this.one("[data-missing]"), this.missing ? t("brainstorm.missing", { count: this.missing }) : "");
    const after = this.querySelector<HTMLElement>("[data-after]");
    if (after) after.hidden = !(this.compared && this.allTicked);
  }

  private row(entry: string, index: number): HTMLElement {
    const row = this.copyOf("[data-row]");
    this.one(".entry", row).textContent = entry;
    for (const name of this.all("[data-name]", row)) name.textContent = ` ${entry}`;
    this.one("[data-edit=edit]", row).addEventListener("click", () => this.edit(index));
    this.one("[data-edit=remove]", row).addEventListener("click", () => this.drop(index));
    return row;
  }

  /** A copy of what stands in a template of the markup. */
  private copyOf(selector: string): HTMLElement {
    const { content } = this.one<HTMLTemplateElement>(selector);
    return this.one("*", document.importNode(content, true));
  }

  private button(name: "edit" | "remove", index: number): HTMLElement | undefined {
    return this.all(`[data-entries] [data-edit="${name}"]`)[index];
  }

  /** The list with what is being typed, or (to be sent) without what is too long. */
  private listed(toSend: boolean): string[] {
    const listed = [...this.entries];
    const takes = ({ field }: Slot) => entryIn(field) && !(toSend && field.excess);
    if (this.editing && takes(this.editing)) listed[this.editing.index] = entryIn(this.editing.field);
    const pending = entryIn(this.adding.field);
    if (takes(this.adding) && listed.length < this.atMost && !this.twin(pending, -1)) listed.push(pending);
    return listed;
  }

  private get said(): string {
    return this.groups
      .filter(({ id }) => id in this.ticks)
      .map(({ id, title }) => `${title}: ${t(`brainstorm.tick.${this.ticks[id]}`)}`)
      .join("; ");
  }

  private answers(): Answer[] {
    const answers: Answer[] = [];
    const list = this.listed(true).join("\n");
    if (list !== this.sentList && lengthSent(list) <= Number(this.data.total ?? Number.POSITIVE_INFINITY)) {
      answers.push({ key: "", response: list, result: "neutral" });
      this.sentList = list;
      this.shed = this.shed.filter((key) => key !== "");
    }
    const { said } = this;
    if (said !== this.sentTicks) {
      answers.push({ key: "compare", response: said, result: "neutral" });
      this.sentTicks = said;
    }
    return answers;
  }

  private record(draft = false): void {
    const answers = draft ? [] : this.answers();
    const text = this.listed(false).join("\n");
    const state: { [key: string]: Json } = {};
    if (text || !this.shed.includes("")) state.texts = { "": text };
    const shed = this.shed.filter((key) => key !== "" || !text);
    if (shed.length) state.shed = shed;
    if (this.compared) {
      state.compared = true;
      state.ticks = { ...this.ticks };
    }
    const done = this.groups.length ? this.compared && this.allTicked : !this.missing;
    this.respond({ state, done, answers, ...(draft ? { draft } : {}) });
  }
}

/** What stands in a field, as one entry. */
function entryIn(field: TextField): string {
  return field.text.replace(/\n+/g, " ");
}

function gist(entry: string): string {
  return entry
    .toLowerCase()
    .replace(/[\s.,;:!?]+/g, " ")
    .trim();
}

define("brainstorm", Brainstorm);
