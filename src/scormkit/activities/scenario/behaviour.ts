/** A story that goes on as the learner decides. What was decided is all that is stored: the rest follows from it. */

import { ActivityElement, define, type Json, lengthSent, made, member, strings, t } from "scormkit-runtime";

/** What a choice does, as the compiler wrote it. */
interface Choice {
  id: string;
  when: Json | undefined;
  effects: Json | undefined;
  later: Json[];
  ways: Json[];
}

/** A choice that was taken, and what it brought about that had been waiting. */
interface Taken {
  scene: string;
  choice: string;
  /** Scene and choice whose later effects came true. */
  news: [string, string][];
}

class Scenario extends ActivityElement {
  private taken: Taken[] = [];
  private place = "";
  private values = new Map<string, number>();
  private pending: [left: number, scene: string, choice: Choice][] = [];
  private ended = false;

  protected ready(): void {
    for (const part of this.all("[data-plain], [data-feedback], [data-later]")) part.hidden = true;
    this.addEventListener("click", ({ target }) => {
      const button = target instanceof HTMLElement ? target.closest("button") : null;
      const id = button?.closest<HTMLElement>("[data-choice]")?.dataset.choice;
      if (button?.dataset.again !== undefined) this.beginAgain();
      else if (id !== undefined) this.decide(id);
    });
    this.replay([]);
    this.show();
  }

  restore(state: Json): void {
    this.ended = member(state, "ended") === true;
    this.replay(strings(member(state, "path")));
    this.show();
  }

  /** A path that was not finished is no answer: it stays in the stored state. */
  override settle(): void {}

  private get isOver(): boolean {
    return member(this.data.endings, this.place) !== undefined;
  }

  /** Goes a stored path again, as far as the story still has it. */
  private replay(path: string[]): void {
    this.taken = [];
    this.pending = [];
    this.place = String(this.data.first);
    this.values = new Map(listOf(this.data.variables).map((one) => [String(listOf(one)[0]), Number(listOf(one)[1])]));
    for (const id of path) if (!this.take(id)) return;
  }

  private beginAgain(): void {
    this.replay([]);
    this.show();
    this.current.focus();
    this.fire(true);
  }

  private decide(id: string): void {
    if (!this.take(id)) return;
    this.show();
    const told = this.all("[data-log] > li:last-child [data-told]").map((part) => part.textContent ?? "");
    this.announce(told.join(" ").replace(/\s+/g, " ").trim());
    this.current.focus();
    this.fire(!this.isOver);
  }

  /** Where reading goes on. */
  private get current(): HTMLElement {
    return this.isOver ? this.one(".verdict") : this.one(`[data-scene="${this.place}"]`);
  }

  private fire(draft: boolean): void {
    const { place, isOver } = this;
    const path = this.taken.map(({ choice }) => choice);
    this.ended = this.ended || isOver;
    const score = Number(member(this.data.endings, place));
    const graded = this.data.graded === true;
    this.respond({
      state: { path, ...(this.ended ? { ended: true } : {}) },
      done: this.ended,
      ...(isOver && graded ? { score } : {}),
      answers: isOver
        ? [
            { key: "ending", response: [place], result: !graded ? "neutral" : score === 1 ? "correct" : "incorrect" },
            { key: "path", response: this.way, result: "neutral" },
          ]
        : [],
      ...(draft ? { draft } : {}),
    });
  }

  /** The way in words for a report: of a long one the middle is left out. */
  private get way(): string {
    const lines = this.taken.map(({ scene, choice }) => `${scene}: ${choice}`);
    const half = Math.ceil(lines.length / 2);
    let [start, end] = [lines.slice(0, half), lines.slice(half)];
    const written = () => [...start, ...(start.length + end.length < lines.length ? ["…"] : []), ...end].join("\n");
    while (lengthSent(written()) > Number(this.data.limit) && end.length) {
      if (start.length > end.length) start = start.slice(0, -1);
      else end = end.slice(1);
    }
    return written();
  }

  private choicesIn(scene: string): Choice[] {
    return listOf(member(this.data.scenes, scene)).map((one) => {
      const [id, when, effects, later, ways] = listOf(one);
      return { id: String(id), when, effects, later: listOf(later), ways: listOf(ways) };
    });
  }

  private isOpen({ when }: Choice): boolean {
    return this.holds(when);
  }

  private holds(when: Json | undefined): boolean {
    return entriesOf(when).every(([name, limits]) => {
      const [least = null, most = null] = listOf(limits);
      const value = this.values.get(name) ?? 0;
      return (least === null || value >= Number(least)) && (most === null || value <= Number(most));
    });
  }

  /** All effects at once, each variable within its limits. */
  private change(effects: (Json | undefined)[]): void {
    for (const one of listOf(this.data.variables)) {
      const [name, , smallest, largest] = listOf(one);
      const id = String(name);
      const sum = effects.reduce<number>(
        (value, effect) => value + Number(member(effect, id) ?? 0),
        this.values.get(id) ?? 0,
      );
      this.values.set(id, Math.min(Math.max(sum, Number(smallest)), Number(largest)));
    }
  }

  /** Takes a choice where it is open: its effects with those that were waiting, then the way that is open. */
  private take(id: string): boolean {
    const scene = this.place;
    const choice = this.choicesIn(scene).find((one) => one.id === id && this.isOpen(one));
    if (!choice || this.taken.length >= Number(this.data.most)) return false;
    const effects = [choice.effects];
    const news: [string, string][] = [];
    const waiting: typeof this.pending = [];
    for (const [left, from, earlier] of this.pending) {
      if (left > 1) waiting.push([left - 1, from, earlier]);
      else {
        effects.push(earlier.later[1]);
        news.push([from, earlier.id]);
      }
    }
    this.change(effects);
    if (choice.later.length) waiting.push([Number(choice.later[0]), scene, choice]);
    this.pending = waiting;
    const way = choice.ways.map(listOf).find(([, when]) => this.holds(when));
    this.place = String(way?.[0] ?? scene);
    this.taken.push({ scene, choice: id, news });
    return true;
  }

  private show(): void {
    const log = this.one("[data-log]");
    log.replaceChildren(...this.taken.map((step) => this.entry(step)));
    log.hidden = !this.taken.length;
    const endless = !this.isOver && this.taken.length >= Number(this.data.most);
    this.one("[data-endless]").hidden = !endless;
    for (const scene of this.all("[data-scene]")) scene.hidden = scene.dataset.scene !== this.place || endless;
    for (const ending of this.all("[data-ending]")) ending.hidden = ending.dataset.ending !== this.place;
    for (const choice of this.choicesIn(this.place)) {
      this.one(`[data-scene="${this.place}"] [data-choice="${choice.id}"]`).hidden = !this.isOpen(choice);
    }
    const verdict = this.one(".verdict");
    verdict.hidden = !this.isOver;
    const graded = this.data.graded === true;
    verdict.dataset.verdict = !graded ? "neutral" : member(this.data.endings, this.place) === 1 ? "right" : "not-yet";
    for (const chip of this.all("[data-variable]")) {
      chip.textContent = String(this.values.get(chip.dataset.variable ?? "") ?? "");
    }
    this.one("[data-again]").hidden = !this.isOver && !endless;
  }

  /** A scene with what was decided in it, what came of it, and what came true of earlier decisions. */
  private entry({ scene, choice, news }: Taken): HTMLElement {
    const entry = made("li");
    const root = this.one(`[data-scene="${scene}"]`);
    const decided = made("p", "", "scenario-decided");
    const words = this.one(`[data-choice="${choice}"] button`, root).textContent ?? "";
    decided.append(made("span", t("scenario.you"), "quiet"), " ", made("span", words, "entry-text"));
    entry.append(this.one("[data-text]", root).cloneNode(true), decided, ...this.copy(root, choice, "[data-feedback]"));
    for (const [from, earlier] of news) {
      entry.append(...this.copy(this.one(`[data-scene="${from}"]`), earlier, "[data-later]"));
    }
    return entry;
  }

  private copy(scene: HTMLElement, choice: string, part: string): HTMLElement[] {
    return this.all(`[data-choice="${choice}"] ${part}`, scene).map((text) => {
      const copy = text.cloneNode(true) as HTMLElement;
      copy.hidden = false;
      copy.dataset.told = "";
      return copy;
    });
  }
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
}

define("scenario", Scenario);
