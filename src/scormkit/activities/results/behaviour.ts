/** Lists what counts: how each answer was and why, and where to try again. Shows answers that waited for the end. */

import { ActivityElement, all, DIGITS, define, made, OPENED, Question, STATE_CHANGED, t } from "scormkit-runtime";

class Results extends ActivityElement {
  private locked = false;
  private due = 0;

  protected ready(): void {
    for (const name of [OPENED, STATE_CHANGED]) document.addEventListener(name, () => this.soon());
    this.querySelector("[data-reveal]")?.addEventListener("click", () => this.reveal());
  }

  restore(): void {}

  override lock(): void {
    this.locked = true;
    this.soon();
  }

  /** Once for all changes of a moment. */
  private soon(): void {
    if (this.isConnected) this.due ||= window.setTimeout(() => this.show());
  }

  /** Every question on the page; those that this learner did not draw are hidden. */
  private get questions(): Question[] {
    return all("[data-key]").filter(
      (element): element is Question => element instanceof Question && !element.closest(".activity[hidden]"),
    );
  }

  private reveal(): void {
    for (const question of this.questions) question.reveal();
    this.show();
    const sum = this.one(".results-sum");
    sum.focus();
    this.announce(sum.textContent ?? "");
  }

  private show(): void {
    this.due = 0;
    const counted = this.questions.filter(({ activity }) => activity.weight);
    const told = counted.filter(({ activity }) => activity.feedback !== "none");
    const right = told.filter(({ standing }) => standing?.right).length;
    const sum = this.one(".results-sum");
    sum.hidden = !told.some(({ standing }) => standing);
    sum.textContent = t("results.sum", { right, all: told.length });
    this.one(".results-list").replaceChildren(...counted.map((question) => this.row(question)));
    // Only now: the platform may ask for another score than the author does.
    const mark = this.querySelector("[data-pass-mark]");
    if (mark)
      mark.textContent = t("results.pass-mark", { needed: percent(globalThis.scormkitPage.unit.masteryScore ?? 0) });
    const wait = this.querySelector<HTMLElement>("[data-wait]");
    if (!wait) return;
    const waiting = this.questions.filter(({ isWaiting }) => isWaiting).length;
    const open = counted.filter((one) => !one.standing && !one.isWaiting && one.activity.feedback !== "none").length;
    wait.hidden = !waiting || this.locked;
    const words = [waiting && t("results.waiting", { count: waiting }), open && t("results.open", { count: open })];
    this.one("[data-wait-words]").textContent = words.filter(Boolean).join(" ");
  }

  private row(question: Question): HTMLElement {
    const { standing, activity } = question;
    const { label, weight = 1 } = activity;
    const row = made("li");
    const verdict = made("p", "", "verdict-word");
    verdict.append(made("strong", this.verdict(question)));
    if (standing) row.dataset.verdict = standing.right ? "right" : "not-yet";
    if (weight !== 1) verdict.append(" ", made("span", `(${t("results.weight", { weight })})`, "quiet"));
    row.append(link(label, question.key), verdict);
    const answer =
      ActivityElement.stateOf(question.key) === undefined ? "" : question.inWords.filter(Boolean).join("; ");
    if (answer) row.append(made("p", t("results.yours", { answer })));
    if (!standing) return row;
    for (const part of question.querySelectorAll<HTMLElement>("[data-solution], [data-change], [data-reasons]")) {
      if (!part.hidden) row.append(part.cloneNode(true));
    }
    if (!standing.right && !standing.final && !this.locked) {
      const again = made("p");
      const left = question.querySelector("[data-attempts]")?.textContent ?? "";
      again.append(link(t("results.try"), question.key), " ", made("span", left, "quiet"));
      row.append(again);
    }
    return row;
  }

  private verdict(question: Question): string {
    const { standing } = question;
    if (standing?.right) return t("results.right");
    if (standing) return standing.score ? t("results.partly", { share: percent(standing.score) }) : t("results.wrong");
    if (question.isNoted) return t("results.noted");
    return t(ActivityElement.stateOf(question.key) === undefined ? "results.not-answered" : "results.changed");
  }
}

function percent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { ...DIGITS, style: "percent" }).format(share);
}

/** A link to a question in its step. */
function link(words: string, key: string): HTMLElement {
  const anchor = made("a", words);
  const step = document.querySelector(`[data-key="${key}"]`)?.closest<HTMLElement>(".step")?.dataset.step ?? "";
  anchor.setAttribute("href", `#step-${step}`);
  anchor.dataset.goStep = step;
  anchor.dataset.goActivity = key;
  return anchor;
}

define("results", Results);
