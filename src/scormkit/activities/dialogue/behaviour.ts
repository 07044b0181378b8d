/** A talk with a scripted partner: each reply, chosen or written, brings the next line. Nothing is judged. */

import {
  ActivityElement,
  type Answer,
  define,
  fail,
  type Json,
  member,
  put,
  Recorded,
  shedOf,
  strings,
  TextField,
  t,
  textsOf,
} from "scormkit-runtime";

const MOVES = ["yes-and", "yes-but", "no"];

interface Turn {
  id: string;
  root: HTMLElement;
  replies: HTMLElement[];
  /** Where the reply is written, if it is. */
  field: TextField | undefined;
}

class Dialogue extends ActivityElement {
  private turns: Turn[] = [];
  /** How many turns were answered since the beginning. */
  private at = 0;
  private ended = false;
  /** Id of the reply that was chosen, by turn; of an earlier time too where the talk was begun again. */
  private chosen = new Map<string, string>();
  private shed: string[] = [];
  private readonly recorded = new Recorded();

  protected ready(): void {
    this.turns = this.all("[data-turn]").map((root) => {
      const area = root.querySelector("textarea");
      const turn: Turn = {
        id: root.dataset.turn ?? "",
        root,
        replies: this.all("[data-reply]", root),
        field: area
          ? new TextField(
              area,
              () => this.typed(turn),
              () => this.settled(turn),
            )
          : undefined,
      };
      for (const reply of turn.replies) {
        reply.addEventListener("click", () => {
          const id = reply.dataset.reply ?? "";
          this.chosen.set(turn.id, id);
          this.said(turn, [{ key: turn.id, response: [id], result: "neutral" }]);
        });
      }
      if (area) this.one("[data-answer]", root).addEventListener("click", () => this.say(turn));
      return turn;
    });
    this.one("[data-again]").addEventListener("click", () => {
      this.at = 0;
      this.refresh();
      this.fire([]);
      const first = this.one(".bubble", this.turns[0]?.root);
      first.tabIndex = -1;
      first.focus();
    });
    this.refresh();
  }

  restore(state: Json): void {
    const texts = textsOf(state);
    const at = member(state, "at");
    this.at = typeof at === "number" ? Math.min(Math.max(0, Math.floor(at)), this.turns.length) : 0;
    this.ended = member(state, "ended") === true;
    this.shed = shedOf(state).filter((id) => !texts[id]);
    this.chosen.clear();
    for (const [index, turn] of this.turns.entries()) {
      const { id, field, replies } = turn;
      const reply = member(member(state, "chosen"), id);
      if (typeof reply === "string" && replies.some(({ dataset }) => dataset.reply === reply)) {
        this.chosen.set(id, reply);
      }
      if (field) field.text = texts[id] ?? "";
      if (texts[id]) this.recorded.forget(id);
      if (!this.isSaid(turn)) this.at = Math.min(this.at, index);
    }
    this.refresh();
  }

  /** Records what was written and not yet said. */
  override settle(): void {
    const answers = this.turns.flatMap((turn) => this.changes(turn));
    if (answers.length) this.fire(answers);
  }

  private typed(turn: Turn): void {
    if (turn.field?.text) this.shed = this.shed.filter((id) => id !== turn.id);
    this.markShed(turn);
    if (turn.field) fail(turn.field.input, turn.field.fault);
    this.fire([], true);
  }

  private settled(turn: Turn): void {
    this.fire(this.changes(turn), Boolean(turn.field?.excess));
  }

  private say(turn: Turn): void {
    const { field } = turn;
    if (!field) return;
    const words = field.fault || (this.isSaid(turn) ? "" : t("dialogue.nothing"));
    fail(field.input, words);
    if (words) field.input.focus();
    else this.said(turn, this.changes(turn));
  }

  /** A reply is there: it is shown, and the talk goes on. */
  private said(turn: Turn, answers: Answer[]): void {
    this.at = this.turns.indexOf(turn) + 1;
    this.ended = this.ended || this.at === this.turns.length;
    this.refresh();
    this.one("[data-own]", turn.root).focus();
    const next = this.turns[this.at];
    const heard = [
      ...this.all("[data-hint], [data-reacts]", turn.root).filter((part) => !part.hidden),
      ...(next ? [this.one(".bubble", next.root)] : this.all(".verdict-word")),
    ];
    this.announce(heard.map(wordsOf).join(" "));
    this.fire(answers);
  }

  private fire(answers: Answer[], draft = false): void {
    const texts: Record<string, string> = {};
    for (const { id, field } of this.turns) if (field?.text) texts[id] = field.text;
    const chosen: { [key: string]: Json } = {};
    for (const [id, reply] of this.chosen) chosen[id] = reply;
    this.respond({
      state: {
        texts,
        ...(this.shed.length ? { shed: this.shed } : {}),
        chosen,
        at: this.at,
        ...(this.ended ? { ended: true } : {}),
      },
      done: this.ended,
      answers,
      ...(draft ? { draft } : {}),
    });
  }

  private changes({ id, field }: Turn): Answer[] {
    if (!field || field.excess || (!field.text && this.shed.includes(id))) return [];
    return this.recorded.changed(id, field.text);
  }

  private isSaid({ id, field }: Turn): boolean {
    return field ? field.text !== "" || this.shed.includes(id) : this.chosen.has(id);
  }

  private markShed({ id, root }: Turn): void {
    for (const note of this.all("[data-shed]", root)) note.hidden = !this.shed.includes(id);
  }

  /** Shows the talk as far as it went, and where it goes on. */
  private refresh(): void {
    const moves: string[] = [];
    for (const [index, turn] of this.turns.entries()) {
      const { root, field } = turn;
      const answered = index < this.at;
      root.hidden = index > this.at;
      this.one("[data-ask]", root).hidden = answered;
      this.one("[data-after]", root).hidden = !answered;
      this.markShed(turn);
      if (!answered) continue;
      const reply = turn.replies.find(({ dataset }) => dataset.reply === this.chosen.get(turn.id));
      this.one("[data-own] span", root).textContent = field ? field.text : (reply?.textContent ?? "");
      const move = field ? this.moveOf(field.text) : (reply?.dataset.move ?? "");
      moves.push(move);
      put(this.one("[data-hint]", root), field && !field.text ? "" : hintOf(move, Boolean(field)));
      const reaction = (field ? root : reply)?.dataset.reaction ?? "";
      put(this.one("[data-reacts] span", root), reaction);
      this.one("[data-reacts]", root).hidden = !reaction;
    }
    this.one(".verdict").hidden = this.at < this.turns.length;
    const counts = MOVES.map((move) => [move, moves.filter((one) => one === move).length] as const);
    put(
      this.one("[data-moves]"),
      moves.some(Boolean) ? counts.map(([move, count]) => `${t(`dialogue.move.${move}`)}: ${count}`).join(" · ") : "",
    );
  }

  /** By its opening words only. */
  private moveOf(text: string): string {
    const own = this.data.openings;
    const begins = (words: string) => `${gist(text)} `.startsWith(`${gist(words)} `);
    return (
      MOVES.find((move) => {
        const words = strings(member(own, move));
        return (words.length ? words : t(`dialogue.openings.${move}`).split("|")).some(begins);
      }) ?? ""
    );
  }
}

/** What a reply does; of a written one only how it begins. */
function hintOf(move: string, written: boolean): string {
  if (written) return t(`dialogue.begins.${move || "other"}`);
  return move && t(`dialogue.hint.${move}`);
}

/** Capitals and marks make no difference. */
function gist(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

function wordsOf({ textContent }: HTMLElement): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}

define("dialogue", Dialogue);
