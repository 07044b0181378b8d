/** Write, save, compare with a model answer; change it and save again as often as you like. */

import {
  ActivityElement,
  type Answer,
  define,
  fail,
  type Json,
  made,
  member,
  Recorded,
  shedOf,
  strings,
  TextField,
  t,
  textsOf,
} from "scormkit-runtime";
import { type Plainness, plainness } from "./plain-language";

/** One text to write, with the topic that it is about. */
interface Place {
  /** Key of the text's record. */
  key: string;
  number: number;
  field: TextField;
  /** Where the learner picks the topic. */
  select: HTMLSelectElement | null;
  fixedTopic: string;
}

class OpenText extends ActivityElement {
  private places: Place[] = [];
  private shed: string[] = [];
  private saved = false;
  private readonly recorded = new Recorded();

  protected ready(): void {
    this.places = this.all("[data-place]").map((root) => {
      const place: Place = {
        key: root.dataset.place ?? "",
        number: Number(root.dataset.number),
        field: new TextField(
          this.one<HTMLTextAreaElement>("textarea", root),
          () => this.typed(place),
          () => {
            this.settled(place);
            this.announce(this.measure(place));
          },
        ),
        select: root.querySelector("select"),
        fixedTopic: root.dataset.topic ?? "",
      };
      place.select?.addEventListener("change", () => this.picked(place));
      return place;
    });
    this.one("button[data-answer]").addEventListener("click", () => this.save());
  }

  restore(state: Json): void {
    const texts = textsOf(state);
    const shed = shedOf(state);
    const topics = strings(member(state, "topics"));
    this.shed = [];
    for (const place of this.places) {
      // A fixed topic may have moved since: its text goes with it.
      const before = topics.indexOf(place.fixedTopic);
      const key = place.fixedTopic && before >= 0 ? `text-${before + 1}` : place.key;
      place.field.text = texts[key] ?? "";
      if (!place.field.text && shed.includes(key)) this.shed.push(place.key);
      if (place.field.text) this.recorded.forget(place.key);
      if (!place.select) continue;
      place.select.value = this.offers(place.select, topics[place.number - 1]);
      if (place.select.value) this.recorded.forget(`topic-${place.number}`);
    }
    this.saved = member(state, "saved") === true;
    this.markTopics();
    this.markShed();
    for (const place of this.places) this.measure(place);
    this.showModels();
  }

  private get picking(): boolean {
    return this.places.some((place) => place.select);
  }

  private topicOf(place: Place): string {
    return place.select ? place.select.value : place.fixedTopic;
  }

  private offers(select: HTMLSelectElement, topic: string | undefined): string {
    return [...select.options].some((option) => option.value === topic) ? (topic ?? "") : "";
  }

  private get state(): Json {
    const texts: Record<string, string> = {};
    for (const { key, field } of this.places) if (field.text) texts[key] = field.text;
    const topics = this.places.map((place) => this.topicOf(place));
    return {
      texts,
      ...(topics.some(Boolean) ? { topics } : {}),
      ...(this.saved ? { saved: true } : {}),
      ...(this.shed.length ? { shed: this.shed } : {}),
    };
  }

  private typed(place: Place): void {
    const { field } = place;
    if (field.text) this.shed = this.shed.filter((key) => key !== place.key);
    this.markShed();
    this.measure(place);
    // Errors come and go while typing and never when a field is left: nothing moves under a pointer on its way.
    fail(field.input, field.fault);
    this.showModels();
    this.respond({ state: this.state, done: this.saved, answers: [], draft: true });
  }

  /** Says how plain a text is, where the author wants that: in the page only, and in words to be spoken. */
  private measure({ field }: Place): string {
    const list = field.input.parentElement?.querySelector<HTMLElement>("[data-plain]");
    if (!list) return "";
    const most = Number(this.data.longest);
    const found = plainness(field.text, globalThis.scormkitPage.unit.language, most, strings(this.data.avoid));
    const lines = found?.words ? plainLines(found, most) : [];
    list.replaceChildren(...lines.map((line) => made("li", line)));
    list.hidden = !lines.length;
    return lines.join(" ");
  }

  /** Records what was typed and not yet left. */
  override settle(): void {
    this.settled(...this.places);
  }

  private settled(...places: Place[]): void {
    // A text that is too long was not recorded: it stays a draft.
    const draft = this.places.some((place) => place.field.excess > 0);
    this.respond({
      state: this.state,
      done: this.saved,
      answers: this.changes(places),
      ...(draft ? { draft } : {}),
    });
  }

  private picked(place: Place): void {
    // Another topic has another model answer, which is shown when the learner has saved again.
    this.saved = false;
    if (place.select) fail(place.select, "");
    this.markTopics();
    this.showModels();
    this.settled(place);
  }

  private save(): void {
    const wrong = this.places.map((place) => this.check(place)).filter((input): input is HTMLElement => input !== null);
    if (wrong.length) {
      wrong[0]?.focus();
      return;
    }
    this.saved = true;
    this.showModels();
    this.one(".verdict").focus();
    this.respond({ state: this.state, done: true, answers: this.changes(this.places) });
  }

  /** Says at the fields what is missing; gives the first field that needs the learner. */
  private check(place: Place): HTMLElement | null {
    const { field, select } = place;
    const noTopic = select !== null && !select.value;
    if (select) fail(select, noTopic ? t("open-text.no-topic") : "");
    const missing = !field.text && !this.shed.includes(place.key);
    const error = field.fault || (missing ? t("open-text.missing") : "");
    fail(field.input, error);
    return noTopic ? select : error ? field.input : null;
  }

  /** The records that changed. A text that is too long waits until it was shortened. */
  private changes(places: Place[]): Answer[] {
    return places.flatMap(({ key, number, field, select }) => [
      ...(select ? this.recorded.changed(`topic-${number}`, select.value && titleIn(select)) : []),
      ...(field.excess ? [] : this.recorded.changed(key, field.text)),
    ]);
  }

  private markShed(): void {
    for (const root of this.all("[data-place]")) {
      this.one("[data-shed]", root).hidden = !this.shed.includes(root.dataset.place ?? "");
    }
  }

  /** A topic that is taken cannot be picked at another place; each text's label names its topic. */
  private markTopics(): void {
    if (!this.picking) return;
    const taken = this.places.map((place) => this.topicOf(place));
    for (const { select, number, field } of this.places) {
      if (!select) continue;
      for (const option of select.options) {
        option.disabled = option.value !== "" && option.value !== select.value && taken.includes(option.value);
      }
      const topic = select.value && titleIn(select);
      const label = this.one(`label[for="${field.input.id}"]`);
      label.textContent = topic ? t("open-text.text-about", { topic }) : t("open-text.text", { number });
    }
  }

  /** Shows the model answers once all was saved, each below what the learner wrote. */
  private showModels(): void {
    const verdict = this.one(".verdict");
    verdict.hidden = !this.saved;
    for (const model of this.all("[data-model]")) model.hidden = true;
    for (const place of this.places) {
      const topic = this.topicOf(place);
      const model = topic ? verdict.querySelector<HTMLElement>(`[data-model="${topic}"]`) : null;
      if (!model) continue;
      model.hidden = false;
      this.one("[data-own]", model).hidden = !place.field.text;
      this.one(".written", model).textContent = place.field.text;
      verdict.append(model);
    }
  }
}

function titleIn(select: HTMLSelectElement): string {
  return select.selectedOptions[0]?.text ?? "";
}

function plainLines({ words, sentences, longest, tooLong, beginning, longWords, avoided }: Plainness, most: number) {
  const listed = (found: string[]) => found.slice(0, 5).join(t("list.between"));
  return [
    t("open-text.plain.count", { words, sentences, longest }),
    tooLong ? t("open-text.plain.long", { count: tooLong, most, beginning }) : "",
    longWords.length ? t("open-text.plain.words", { words: listed(longWords) }) : "",
    avoided.length ? t("open-text.plain.avoid", { words: listed(avoided) }) : "",
    tooLong || longWords.length || avoided.length ? "" : t("open-text.plain.good"),
    t("open-text.plain.advice"),
  ].filter(Boolean);
}

define("open-text", OpenText);
