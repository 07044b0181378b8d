/** Lists that go round: each round shows one list with what stands on it; at the end, what they have in common. */

import { type Answer, define, type Json, made, put, Question, Recorded, TextField, t } from "scormkit-runtime";

interface Round {
  id: string;
  title: string;
  root: HTMLElement;
  field: TextField;
  examples: string[];
}

/** A name with the titles of its lists. */
interface Name {
  text: string;
  own: boolean;
  lists: Set<string>;
}

class Rotation extends Question {
  private rounds: Round[] = [];
  private at = 0;
  private readonly recorded = new Recorded();

  protected override ready(): void {
    super.ready();
    this.rounds = this.all("[data-round]").map((root) => ({
      id: root.dataset.round ?? "",
      title: root.dataset.title ?? "",
      root,
      field: new TextField(
        this.one<HTMLTextAreaElement>("textarea", root),
        () => undefined,
        () => this.settle(),
      ),
      examples: this.all("[data-example]", root).map((item) => item.textContent ?? ""),
    }));
    this.addEventListener("click", ({ target }) => {
      const to = target instanceof HTMLElement ? target.dataset.to : undefined;
      if (to === undefined) return;
      this.at = Number(to);
      this.refresh();
      this.one("h4", this.rounds[this.at]?.root).focus();
      this.settle();
    });
    this.refresh();
  }

  /** Only looking: the rounds can still be gone through. */
  override lock(): void {
    super.lock();
    for (const button of this.all("[data-to]")) button.removeAttribute("disabled");
  }

  protected override get texts(): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const { id, field } of this.rounds) if (field.text) texts[id] = field.text;
    return texts;
  }

  protected get given(): Json {
    return this.at;
  }

  protected give(given: Json | undefined, texts: Record<string, string>): void {
    this.at = typeof given === "number" && this.rounds[given] ? given : 0;
    for (const { id, field } of this.rounds) {
      field.text = texts[id] ?? "";
      if (texts[id]) this.recorded.forget(id);
    }
    this.refresh();
  }

  protected missing(): [HTMLElement, string] | undefined {
    for (const [at, { id, title, field }] of this.rounds.entries()) {
      const count = this.isShed(id) ? 0 : Number(this.data.atLeast) - namesIn(field).length;
      const words = field.fault || (count > 0 ? t("rotation.missing", { title, count }) : "");
      if (!words) continue;
      this.at = at;
      this.refresh();
      return [field.input, words];
    }
    return undefined;
  }

  protected answers(): Answer[] {
    return [
      ...this.rounds.flatMap(({ id, field }) =>
        field.excess || (this.isShed(id) && !field.text) ? [] : this.recorded.changed(id, field.text),
      ),
      ...(this.checks ? this.recorded.changed("overlap", this.shared.filter(({ own }) => own).length) : []),
    ];
  }

  protected rights(): boolean[] {
    return [];
  }

  protected override show(): void {
    super.show();
    const { names, shared } = this;
    const count = shared.filter(({ own }) => own).length;
    put(this.one("[data-overlap]"), t("rotation.overlap", { count, all: names.filter(({ own }) => own).length }));
    this.one("[data-shared]").replaceChildren(
      ...shared.map(({ text, own, lists }) =>
        made("li", `${text}${own ? "" : ` (${t("rotation.example")})`}: ${[...lists].join(t("list.between"))}`),
      ),
    );
  }

  /** All names of all lists, each once. */
  private get names(): Name[] {
    const names = new Map<string, Name>();
    for (const { title, field, examples } of this.rounds) {
      const own = namesIn(field);
      for (const text of [...own, ...examples]) {
        const name = names.get(gist(text)) ?? { text, own: false, lists: new Set<string>() };
        name.own = name.own || own.includes(text);
        name.lists.add(title);
        names.set(gist(text), name);
      }
    }
    return [...names.values()];
  }

  /** Names on two lists or more. */
  private get shared(): Name[] {
    return this.names.filter(({ lists }) => lists.size > 1);
  }

  /** Shows the round that is on, and in it what the learner wrote in the other ones. */
  private refresh(): void {
    this.rounds.forEach(({ root }, at) => {
      root.hidden = at !== this.at;
      const others = this.rounds.filter((round, other) => other !== at && namesIn(round.field).length);
      const place = this.one("[data-others]", root);
      place.hidden = !others.length;
      this.one("ul", place).replaceChildren(
        ...others.map(({ title, field }) => made("li", `${title}: ${namesIn(field).join(t("list.between"))}`)),
      );
    });
    this.one("[data-last]").hidden = this.at < this.rounds.length - 1 && !this.checks;
  }
}

function namesIn({ text }: TextField): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Capitals, spaces and marks at the end make no other name. */
function gist(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s.,;:!?]+/g, " ")
    .trim();
}

define("rotation", Rotation);
