/** A question that is answered and checked with a button: how often, and when something is said, is the author's. */

import { ActivityElement, type Answer, member, shedOf, textsOf } from "./activity";
import { mark, put, whenSent } from "./elements";
import { t } from "./messages";
import { isFinal, shareOf } from "./scoring";
import type { Json, Result } from "./unit";

export abstract class Question extends ActivityElement {
  /** How often the answer was judged. */
  protected checks = 0;
  /** From this check on the reasons are shown even where the answer is not right. */
  protected readonly telling: number = 2;
  /** Something was changed since the last check. */
  private changed = false;
  /** Checked, and waiting for the end to be judged. */
  private waits = false;
  /** Its fields are locked because the answer is final. */
  private shut = false;
  private shed: string[] = [];

  /** The answer as it is stored, checked or not. */
  protected abstract get given(): Json;
  /** Puts a stored answer back; whatever it does not know is left out. */
  protected abstract give(given: Json | undefined, texts: Record<string, string>): void;
  /** What has to be answered before the check: where, and in which words. */
  protected abstract missing(): [place: HTMLElement | undefined, words: string] | undefined;
  /** The records of what is answered. */
  protected abstract answers(): Answer[];
  /** Whether each part is right; none where there is no right answer. */
  protected abstract rights(): boolean[];

  protected ready(): void {
    whenSent(this.one("form"), () => this.check());
    this.addEventListener("input", ({ target }) => this.touched(target as HTMLElement));
  }

  restore(state: Json): void {
    const checks = member(state, "checks");
    this.checks = typeof checks === "number" && checks > 0 ? Math.floor(checks) : 0;
    this.changed = member(state, "changed") === true;
    this.waits = member(state, "waits") === true;
    const texts = textsOf(state);
    this.shed = shedOf(state).filter((key) => !texts[key]);
    this.give(member(state, "given"), texts);
    this.clean();
    for (const feedback of this.all(".feedback")) this.mark(feedback);
    this.one(".verdict").hidden = true;
    if ((this.checks && !this.changed) || this.waits) this.show();
    this.settleAttempts();
  }

  /** An opinion is recorded as it stands when the learner leaves; an answer that can be right waits for its check. */
  override settle(): void {
    if (!this.rights().length) this.respond({ state: this.state, done: this.checks > 0, answers: this.answers() });
  }

  /** How the answer stands: null where none was checked, or nothing is said of it (yet). */
  get standing(): { right: boolean; score: number; final: boolean } | null {
    if (!this.checks || this.changed || this.isSilent || !this.rights().length) return null;
    const right = this.isAllRight;
    return { right, score: this.score() ?? Number(right), final: this.isOver || (right && !this.activity.attempts) };
  }

  /** An answer was checked and waits for the end. */
  get isWaiting(): boolean {
    return this.waits;
  }

  /** An answer was checked, and nothing is said of it: not yet, or never. */
  get isNoted(): boolean {
    return this.waits || (this.checks > 0 && !this.changed && this.isSilent);
  }

  /** The end is there: an answer that waits for it is judged. */
  reveal(): void {
    if (!this.waits) return;
    this.waits = false;
    this.judgeNow();
  }

  /** The answer in words, for showing it elsewhere. */
  get inWords(): string[] {
    const places = this.all<HTMLElement>("input:checked, [type=text], select, [data-row] .order-text");
    return places.map((place, at) => {
      if (place instanceof HTMLInputElement) return place.checked ? labelOf(place) : place.value.trim();
      if (!(place instanceof HTMLSelectElement)) return `${at + 1}. ${place.textContent ?? ""}`;
      return place.value && `${labelOf(place)}: ${place.selectedOptions[0]?.text ?? ""}`;
    });
  }

  /** What the learner wrote at length, by the key of its record; in place of `given` for what may be shed. */
  protected get texts(): Record<string, string> {
    return {};
  }

  /** The trainer has this text, but there was no room to keep it for showing here. */
  protected isShed(key: string): boolean {
    return this.shed.includes(key);
  }

  /** 0–1, each part counting the same; undefined where it is not graded. */
  protected score(): number | undefined {
    return this.data.graded === true ? shareOf(this.rights()) : undefined;
  }

  /** The verdict on a part, or on the whole, as it is reported. */
  protected result(right: boolean): Result {
    return this.data.graded === true ? (right ? "correct" : "incorrect") : "neutral";
  }

  protected get isAllRight(): boolean {
    const rights = this.rights();
    return rights.length > 0 && rights.every(Boolean);
  }

  /** Nothing is said of right and wrong: not yet, or never. */
  protected get isSilent(): boolean {
    return this.waits || this.activity.feedback === "none";
  }

  /** The answer cannot be changed any more. */
  protected get isOver(): boolean {
    const { attempts, feedback } = this.activity;
    return !this.waits && isFinal(attempts, this.checks, !this.changed && this.isAllRight, feedback !== "none");
  }

  /** What is asked until it is right is done when it is. */
  private get isDone(): boolean {
    return (this.checks > 0 || this.waits) && this.activity.attempts !== "until-right";
  }

  /** The reasons are told: never while another attempt could only repeat them. */
  protected get isTelling(): boolean {
    if (this.isSilent) return false;
    const { attempts, feedback } = this.activity;
    if (this.isAllRight || this.isOver) return true;
    return typeof attempts !== "number" && (this.checks >= this.telling || feedback === "at-end");
  }

  /** Says how the answer was, and why: at once where it is right, else from the check `telling` on. */
  protected show(words = ""): void {
    const rights = this.rights();
    const all = rights.length;
    const found = rights.filter(Boolean).length;
    const reasons = this.querySelector<HTMLElement>("[data-reasons]");
    if (reasons) {
      reasons.hidden = !this.isTelling && all > 0;
      this.one("[data-again]").hidden = !reasons.hidden || this.isSilent || typeof this.activity.attempts === "number";
    }
    const solution = this.querySelector<HTMLElement>("[data-solution]");
    if (solution) solution.hidden = !this.isOver || this.isAllRight || this.isSilent;
    if (!all || this.isSilent) this.judge("neutral", t(this.waits ? "answer.waits" : "answer.noted"));
    else if (found === all) this.judge("right", t("answer.right"));
    else {
      const some = words || (found ? t("answer.some", { found, all }) : t("answer.not-yet"));
      this.judge("not-yet", some);
    }
    this.showChange();
  }

  /** Says how one part was, in its row; takes it back where nothing is said. */
  protected mark(feedback: HTMLElement, words = "", right = false, said = words !== ""): void {
    const shown = said && !this.isSilent;
    put(feedback, shown ? words : "");
    const { classList } = feedback.parentElement ?? this;
    classList.toggle("is-right", shown && right);
    classList.toggle("is-wrong", shown && !right);
  }

  /** The answer was changed: what was said of it holds no longer. */
  protected touched(target: HTMLElement): void {
    this.changed = this.checks > 0;
    this.waits = false;
    this.clean();
    this.one(".verdict").hidden = true;
    for (const feedback of this.all(".feedback")) if (feedback.parentElement?.contains(target)) this.mark(feedback);
    this.respond({ state: this.state, done: this.isDone, answers: [], draft: true });
  }

  /** Takes away what was said of something missing, and says which texts are not shown again. */
  private clean(): void {
    put(this.one(".error"), "");
    for (const field of this.all("[aria-invalid]")) mark(field, "aria-invalid", false);
    const { texts } = this;
    this.shed = this.shed.filter((key) => !texts[key]);
    for (const note of this.all("[data-shed]")) note.hidden = !this.isShed(note.dataset.shed ?? "");
  }

  protected get state(): Json {
    const { texts, shed } = this;
    return {
      ...(Object.keys(texts).length ? { texts } : {}),
      ...(shed.length ? { shed } : {}),
      given: this.given,
      checks: this.checks,
      ...(this.changed ? { changed: true } : {}),
      ...(this.waits ? { waits: true } : {}),
    };
  }

  private check(): void {
    if (this.isOver) return;
    const missing = this.missing();
    this.clean();
    if (missing) {
      const [place, words] = missing;
      put(this.one(".error"), words);
      if (place?.matches("[type=text], select, textarea")) mark(place, "aria-invalid", true);
      place?.focus();
      return;
    }
    this.waits = this.activity.feedback === "at-end";
    if (this.waits) {
      this.changed = false;
      this.show();
      this.respond({ state: this.state, done: this.isDone, answers: this.answers() });
    } else {
      this.judgeNow();
    }
    this.one(".verdict").focus();
  }

  /** An attempt is used: the answer as it stands counts. */
  private judgeNow(): void {
    this.checks = Math.min(this.checks + 1, 99);
    this.changed = false;
    this.show();
    this.settleAttempts();
    const left = this.querySelector("[data-attempts]");
    if (left) this.announce(left.textContent ?? "");
    const score = this.score();
    this.respond({
      state: this.state,
      done: this.isDone || this.isAllRight,
      ...(score === undefined ? {} : { score }),
      answers: this.answers(),
    });
  }

  /** Says how many attempts are left; after the last one the answer is locked. */
  private settleAttempts(): void {
    const { attempts } = this.activity;
    const place = this.querySelector("[data-attempts]");
    if (!attempts || !place) return;
    const over = this.isOver;
    const count = attempts === "until-right" ? this.checks : attempts - this.checks;
    const words = attempts === "until-right" ? "attempts.used" : "attempts.left";
    place.textContent = over ? t("attempts.over") : t(words, { count });
    if (over) this.lock();
    else if (this.shut) for (const field of this.all("[disabled]")) field.removeAttribute("disabled");
    this.shut = over;
  }

  /** What was said before, beside what is said now. */
  private showChange(): void {
    const place = this.querySelector<HTMLElement>("[data-change]");
    const before = place && document.querySelector(`[data-key="${this.activity.before}"]`);
    if (!place || !(before instanceof Question)) return;
    const [then, now] = [before, this].map((one) => one.inWords.filter(Boolean).sort().join("; ")) as [string, string];
    put(place, before.checks ? t(then === now ? "change.same" : "change.now", { before: then, now }) : "");
  }
}

function labelOf(field: HTMLInputElement | HTMLSelectElement): string {
  return field.labels?.[0]?.textContent?.trim() ?? "";
}
