/** Places in a picture: the list's boxes are what counts, the picture's marks are labels of the same boxes. */

import { type Answer, define, type Json, Question, strings, t } from "scormkit-runtime";

class Hotspots extends Question {
  protected override ready(): void {
    super.ready();
    this.refresh();
  }

  protected get given(): string[] {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  protected give(given: Json | undefined): void {
    const chosen = strings(given);
    for (const box of this.boxes) box.checked = chosen.includes(box.value);
    this.refresh();
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    const { given, boxes } = this;
    const count = Number(this.data.atLeast) - given.length;
    return count > 0 ? [boxes.find((box) => !box.checked), t("hotspots.missing", { count })] : undefined;
  }

  protected answers(): Answer[] {
    const { given } = this;
    return given.length ? [{ key: "", response: given, result: this.result(this.score() === 1) }] : [];
  }

  /** Whether each of the places to find was found. */
  protected rights(): boolean[] {
    return this.correct.map((id) => this.given.includes(id));
  }

  protected override score(): number | undefined {
    return this.data.graded === true ? this.share : undefined;
  }

  protected override show(): void {
    const { correct, given, share } = this;
    this.refresh(true);
    const found = this.rights().filter(Boolean).length;
    if (!correct.length || share === 1 || !found) {
      super.show();
      if (share !== 1 && correct.length) this.judge("not-yet", t("answer.not-yet"));
    } else this.judge("not-yet", t("hotspots.some", { found, all: correct.length, wrong: given.length - found }));
    for (const row of this.all("[data-place]")) {
      const id = row.dataset.place ?? "";
      const feedback = row.querySelector<HTMLElement>(".feedback");
      if (!feedback || !given.includes(id)) continue;
      const right = correct.includes(id);
      this.mark(feedback, feedback.dataset.why || t(right ? "answer.right" : "hotspots.wrong"), right);
    }
  }

  protected override touched(target: HTMLElement): void {
    super.touched(target);
    this.refresh();
    const text = target.closest("[data-place]")?.querySelector<HTMLElement>("[data-text]");
    if (text && !text.hidden) this.announce(text.textContent ?? "");
  }

  private get boxes(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("input");
  }

  private get correct(): string[] {
    return strings(this.data.correct);
  }

  /** Right ones found minus wrong ones chosen, as a share of the right ones, never below 0. */
  private get share(): number {
    const { correct, given } = this;
    const found = given.filter((id) => correct.includes(id)).length;
    return correct.length ? Math.max(0, (2 * found - given.length) / correct.length) : 0;
  }

  /** Brings the picture into line with the list, and shows what there is to know: at once, or when it was checked. */
  private refresh(checked = false): void {
    const { correct, given } = this;
    for (const mark of this.all("[data-spot]")) mark.classList.toggle("is-on", given.includes(mark.dataset.spot ?? ""));
    for (const text of this.all("[data-text]")) {
      const id = text.closest<HTMLElement>("[data-place]")?.dataset.place ?? "";
      text.hidden = correct.length ? !checked || ![...given, ...correct].includes(id) : !given.includes(id);
    }
  }
}

define("hotspots", Hotspots);
