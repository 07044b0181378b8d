/** A question that is answered, checked with a button, and checked again as often as the learner likes. */

import { ActivityElement, type Answer, member, shedOf, textsOf } from "./activity";
import { mark, put, whenSent } from "./elements";
import { t } from "./messages";
import type { Json, Result } from "./unit";

export abstract class Question extends ActivityElement {
  protected checks = 0;
  /** From this check on the reasons are shown even where the answer is not right. */
  protected readonly telling: number = 2;
  /** Something was changed since the last check. */
  private changed = false;
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
    const texts = textsOf(state);
    this.shed = shedOf(state).filter((key) => !texts[key]);
    this.give(member(state, "given"), texts);
    this.clean();
    for (const feedback of this.all(".feedback")) this.mark(feedback);
    this.one(".verdict").hidden = true;
    if (this.checks && !this.changed) this.show();
  }

  /** An opinion is recorded as it stands when the learner leaves; an answer that can be right waits for its check. */
  override settle(): void {
    if (!this.rights().length) this.respond({ state: this.state, done: this.checks > 0, answers: this.answers() });
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
    const rights = this.rights();
    return this.data.graded === true ? rights.filter(Boolean).length / rights.length : undefined;
  }

  /** The verdict on a part, or on the whole, as it is reported. */
  protected result(right: boolean): Result {
    return this.data.graded === true ? (right ? "correct" : "incorrect") : "neutral";
  }

  /** Says how the answer was, and why: at once where it is right, else from the check `telling` on. */
  protected show(words = ""): void {
    const rights = this.rights();
    const all = rights.length;
    const found = rights.filter(Boolean).length;
    const reasons = this.querySelector<HTMLElement>("[data-reasons]");
    const early = found < all && this.checks < this.telling && reasons !== null;
    if (reasons) {
      reasons.hidden = early;
      this.one("[data-again]").hidden = !early;
    }
    if (!all) this.judge("neutral", t("answer.noted"));
    else if (found === all) this.judge("right", t("answer.right"));
    else this.judge("not-yet", words || (found ? t("answer.some", { found, all }) : t("answer.not-yet")));
  }

  /** Says how one part was, in its row; takes it back where nothing is said. */
  protected mark(feedback: HTMLElement, words = "", right = false): void {
    put(feedback, words);
    const { classList } = feedback.parentElement ?? this;
    classList.toggle("is-right", words !== "" && right);
    classList.toggle("is-wrong", words !== "" && !right);
  }

  /** The answer was changed: what was said of it holds no longer. */
  protected touched(target: HTMLElement): void {
    this.changed = this.checks > 0;
    this.clean();
    this.one(".verdict").hidden = true;
    for (const feedback of this.all(".feedback")) if (feedback.parentElement?.contains(target)) this.mark(feedback);
    this.respond({ state: this.state, done: this.checks > 0, answers: [], draft: true });
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
    };
  }

  private check(): void {
    const missing = this.missing();
    this.clean();
    if (missing) {
      const [place, words] = missing;
      put(this.one(".error"), words);
      if (place?.matches("[type=text], select, textarea")) mark(place, "aria-invalid", true);
      place?.focus();
      return;
    }
    this.checks = Math.min(this.checks + 1, 99);
    this.changed = false;
    this.show();
    this.one(".verdict").focus();
    const score = this.score();
    this.respond({
      state: this.state,
      done: true,
      ...(score === undefined ? {} : { score }),
      answers: this.answers(),
    });
  }
}
