/**
 * The second stage: a note on each pathway of an earlier map. A pathway is known by its label and keeps its place, so
 * that its record stays the same when the list is put in another order, renamed or made longer.
 */

import {
  ActivityElement,
  type Answer,
  fail,
  type Json,
  member,
  Recorded,
  STATE_CHANGED,
  shedOf,
  TextField,
  t,
  textsOf,
} from "scormkit-runtime";
import { mostLike } from "./resemblance";
import { find, type Stage, type Surroundings } from "./stage";

/** Recorded where somebody was asked again and sees no part of their own; the same in every language. */
const NONE_ASKED_TWICE = "none, asked twice";

interface Place {
  number: number;
  key: string;
  row: HTMLElement;
  field: TextField;
  none: HTMLInputElement;
  /** The pathway that the place belongs to; kept when it leaves the map, in case it comes back. */
  label: string;
  asked: boolean;
  shed: boolean;
}

export class Notes implements Stage {
  private readonly places: Place[];
  /** The pathways of the earlier map in their order there. */
  private labels: string[] = [];
  private readonly recorded = new Recorded();
  /** All was saved, and nothing was written since. */
  private saved = false;

  constructor(private readonly around: Surroundings) {
    const { root } = around;
    this.places = [...root.querySelectorAll<HTMLElement>("[data-place]")].map((row) => this.wire(row));
    find("button[data-answer]", root).addEventListener("click", () => this.save());
    const step = document.querySelector(`[data-key="${this.mapKey}"]`)?.closest<HTMLElement>("[data-step]");
    for (const link of root.querySelectorAll<HTMLElement>("[data-to-map]")) {
      link.dataset.goStep = step?.dataset.step ?? "";
      link.dataset.goActivity = this.mapKey;
    }
    document.addEventListener(STATE_CHANGED, (event) => {
      const changed: unknown = event instanceof CustomEvent ? event.detail : undefined;
      if (changed === this.mapKey || typeof changed !== "string") this.follow();
    });
    this.follow();
  }

  restore(state: Json): void {
    const texts = textsOf(state);
    const shed = shedOf(state);
    const none = numbers(member(state, "none"));
    const asked = numbers(member(state, "asked"));
    for (const place of this.places) {
      const [label = "", ...note] = (texts[place.key] ?? "").split("\n");
      place.label = label;
      place.field.text = note.join("\n");
      place.none.checked = none.includes(place.number) && !place.field.text;
      place.asked = asked.includes(place.number);
      place.shed = !label && shed.includes(place.key);
      if (label) this.recorded.forget(place.key);
    }
    this.labels = [];
    this.keep(member(state, "saved") === true);
    this.follow();
  }

  private keep(saved: boolean): void {
    this.saved = saved;
    find(".verdict", this.around.root).hidden = !saved;
  }

  settle(): void {
    this.respond(this.places.flatMap((place) => this.answer(place)));
  }

  private wire(row: HTMLElement): Place {
    const place: Place = {
      number: Number(row.dataset.place),
      key: `note-${row.dataset.place}`,
      row,
      field: new TextField(
        find<HTMLTextAreaElement>("textarea", row),
        () => this.typed(place),
        () => this.respond(this.answer(place)),
      ),
      none: find<HTMLInputElement>("[data-none] input", row),
      label: "",
      asked: false,
      shed: false,
    };
    place.none.addEventListener("change", () => {
      fail(place.field.input, "");
      this.respond(this.answer(place));
    });
    return place;
  }

  /** The earlier map's key: in a unit of several sessions both begin with the session. */
  private get mapKey(): string {
    const { key, data } = this.around;
    return key.slice(0, key.lastIndexOf(".") + 1) + String(data.notesFor ?? "");
  }

  /** The places in use, in the order of the map. */
  private get shown(): Place[] {
    return this.labels
      .map((label) => this.places.find((place) => same(place.label, label)))
      .filter((place): place is Place => place !== undefined);
  }

  /** Takes over the pathways of the map as they are now. */
  private follow(): void {
    const state = ActivityElement.stateOf(this.mapKey);
    const shed = shedOf(state).includes("");
    let labels = (textsOf(state)[""] ?? "").split("\n").filter(Boolean);
    if (!labels.length && shed) labels = this.places.map((place) => place.label).filter(Boolean);
    const renamed = this.renamedIn(labels);
    this.labels = labels;
    this.assign();
    this.show(shed);
    if (renamed && this.responseOf(renamed)) this.respond(this.answer(renamed));
  }

  /** The place of the one pathway that has another name now, or undefined. It keeps its note. */
  private renamedIn(labels: string[]): Place | undefined {
    if (labels.length !== this.labels.length) return undefined;
    const other = labels.map((_, index) => index).filter((index) => labels[index] !== this.labels[index]);
    const [at] = other;
    if (at === undefined || other.length > 1) return undefined;
    const place = this.places.find((candidate) => same(candidate.label, this.labels[at] ?? ""));
    const stranger = this.places.find((candidate) => same(candidate.label, labels[at] ?? ""));
    if (!place || (stranger && stranger !== place)) return undefined;
    place.label = labels[at] ?? "";
    return place;
  }

  /** Gives each new pathway a place: one that nobody used, else that of a pathway which left the map. */
  private assign(): void {
    const taken = new Set(this.shown);
    this.labels.forEach((label, index) => {
      if (this.places.some((place) => same(place.label, label))) return;
      const free = this.places.filter((place) => !taken.has(place));
      const unused = free.filter((place) => !place.label);
      const place = unused.find((candidate) => candidate.number === index + 1) ?? unused[0] ?? free[0];
      if (!place) return;
      if (place.label) {
        place.field.text = "";
        place.none.checked = false;
        place.asked = false;
      }
      place.label = label;
      taken.add(place);
    });
  }

  private get state(): Json {
    const texts: Record<string, string> = {};
    for (const { key, label, field, none } of this.places) {
      if (field.text) texts[key] = `${label}\n${field.text}`;
      else if (none.checked) texts[key] = label;
    }
    const those = (test: (place: Place) => boolean): number[] => this.places.filter(test).map((place) => place.number);
    const shed = this.places.filter((place) => place.shed).map((place) => place.key);
    return {
      texts,
      none: those((place) => place.none.checked),
      asked: those((place) => place.asked),
      ...(this.saved ? { saved: true } : {}),
      ...(shed.length ? { shed } : {}),
    };
  }

  private respond(answers: Answer[], typing = false): void {
    const { shown } = this;
    // A note that is too long was not recorded: it stays a draft.
    const draft = typing || shown.some((place) => place.field.excess > 0);
    this.around.respond({
      state: this.state,
      done: !typing && shown.length > 0 && shown.every((place) => this.isAnswered(place)),
      answers,
      ...(draft ? { draft: true } : {}),
    });
  }

  private isAnswered(place: Place): boolean {
    return place.shed || (this.responseOf(place) !== "" && !place.field.excess);
  }

  private responseOf({ label, field, none, asked }: Place): string {
    const nothing = none.checked || (asked && saysNone(field.text));
    if (!nothing && !field.text) return "";
    return `${label}: ${nothing ? NONE_ASKED_TWICE : field.text}`;
  }

  private answer(place: Place): Answer[] {
    if (place.field.excess || place.shed) return [];
    return this.recorded.changed(place.key, this.responseOf(place), "");
  }

  private typed(place: Place): void {
    const { field, none } = place;
    if (field.text) {
      none.checked = false;
      place.shed = false;
    }
    none.disabled = field.text !== "";
    find("[data-shed]", place.row).hidden = !place.shed;
    fail(field.input, field.fault);
    this.keep(false);
    this.respond([], true);
  }

  /** Records everything. Where a note is empty it asks, once; the focus goes to the first place that needs one. */
  private save(): void {
    let first: HTMLElement | undefined;
    for (const place of this.shown) {
      const { field } = place;
      const nothing = !field.text || saysNone(field.text);
      if (field.excess) {
        fail(field.input, field.fault);
        first = first ?? field.input;
      } else if (nothing && !place.asked && !place.none.checked && !place.shed) {
        place.asked = true;
        this.showAsking(place);
        first = first ?? find(".map-ask", place.row);
      } else if (!this.isAnswered(place)) {
        fail(field.input, t("map.still-missing"));
        first = first ?? field.input;
      }
    }
    this.keep(!first);
    (first ?? find(".verdict", this.around.root)).focus();
    this.respond(this.shown.flatMap((place) => this.answer(place)));
  }

  private show(shed: boolean): void {
    const { root } = this.around;
    const { shown } = this;
    find("[data-no-map]", root).hidden = shed || shown.length > 0;
    find("[data-redraw]", root).hidden = !shed || shown.length > 0;
    find("[data-shed-map]", root).hidden = !shed || !shown.length;
    find("button[data-answer]", root).hidden = !shown.length;
    const list = find("[data-notes]", root);
    list.hidden = !shown.length;
    const before = [...list.children].filter((row) => !row.hasAttribute("hidden"));
    for (const place of this.places) place.row.hidden = !shown.includes(place);
    // Rows are moved only where their order is another: a moved field would lose the focus.
    if (shown.some(({ row }, index) => row !== before[index])) list.append(...shown.map(({ row }) => row));
    for (const place of shown) {
      find("label", place.row).textContent = place.label;
      find("[data-shed]", place.row).hidden = !place.shed;
      place.none.disabled = place.field.text !== "";
      this.showAsking(place);
    }
  }

  private showAsking(place: Place): void {
    const { root } = this.around;
    const panel = find(".map-ask", place.row);
    panel.hidden = !place.asked;
    find("[data-none]", place.row).hidden = !place.asked;
    if (!place.asked) return;
    const examples = [...root.querySelectorAll<HTMLTemplateElement>("template[data-example]")];
    const example =
      examples[
        mostLike(
          place.label,
          examples.map((part) => part.dataset.example ?? ""),
        )
      ];
    const asking = find<HTMLTemplateElement>("template[data-ask]", root);
    panel.replaceChildren(
      ...[asking, example].flatMap((part) => (part ? [document.importNode(part.content, true)] : [])),
    );
  }
}

function same(one: string, other: string): boolean {
  return one !== "" && one.toLowerCase() === other.toLowerCase();
}

/** A note that only says that there is nothing counts as empty, once. */
function saysNone(note: string): boolean {
  const word = note.toLowerCase().replace(/[.!\s]+$/, "");
  return t("map.none-words").toLowerCase().split(/,\s*/).includes(word);
}

function numbers(value: Json | undefined): number[] {
  return Array.isArray(value) ? value.filter((part): part is number => typeof part === "number") : [];
}
