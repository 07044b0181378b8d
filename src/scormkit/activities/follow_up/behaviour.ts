/**
 * The follow-up: shows the learner's own plan and asks what became of it, from the due day on, or before if they like.
 * It stores nothing: when it is due follows from the day on which the plan, or the report of the round before, was
 * saved. The plan's words are those that its form has for paper.
 */

import {
  ActivityElement,
  all,
  announce,
  dayAfter,
  define,
  type Json,
  made,
  member,
  quoted,
  STATE_CHANGED,
  shedOf,
  shownDay,
  strings,
  t,
  textsOf,
  today,
} from "scormkit-runtime";

class FollowUp extends ActivityElement {
  /** The round that the learner wants to report about before it is due. */
  private asked = -1;
  private locked = false;
  private mended = false;

  protected ready(): void {
    this.one("[data-now]").addEventListener("click", () => {
      this.asked = this.round;
      this.refresh();
      const form = this.formOf(this.rounds[this.round]);
      form?.closest<HTMLElement>(".activity")?.focus();
    });
    document.addEventListener(STATE_CHANGED, (event) => {
      const { detail } = event as CustomEvent<string>;
      if (this.isConnected && [this.plan, ...this.rounds].includes(detail)) this.refresh();
    });
    this.refresh();
  }

  restore(): void {
    // Nothing is stored: everything follows from the forms.
  }

  override lock(): void {
    this.locked = true;
    this.refresh();
  }

  private get plan(): string {
    return this.keyOf(String(this.data.plan));
  }

  private get rounds(): string[] {
    return strings(this.data.rounds).map((key) => this.keyOf(key));
  }

  private get next(): string {
    return String(this.data.next ?? "");
  }

  /** The round that is to be reported: the first that is not, as long as the one before left a plan. */
  private get round(): number {
    const { rounds, next } = this;
    const goesOn = (key: string) => {
      const state = ActivityElement.stateOf(key);
      return savedOn(key) && next && (textsOf(state)[next] || shedOf(state).includes(next));
    };
    const index = rounds.findIndex((key) => !goesOn(key));
    return index < 0 ? rounds.length - 1 : index;
  }

  private formOf(key: string | undefined): HTMLElement | undefined {
    return all("scormkit-form").find(({ dataset }) => dataset.key === key);
  }

  private refresh(): void {
    const { rounds, round } = this;
    const apart = this.data.apart === true && !round;
    const planKey = rounds[round - 1] ?? this.plan;
    const saved = savedOn(planKey);
    const early = saved > today();
    const due = saved && dayAfter(early ? today() : saved, Number(this.data.after));
    if (early && !this.locked && !this.mended) {
      // That clock was wrong, or this one is: its form counts from today, and now stores it.
      this.mended = true;
      window.setTimeout(() => (this.formOf(planKey) as ActivityElement | undefined)?.settle());
    }
    const key = rounds[round] ?? "";
    const done = savedOn(key) !== "";
    const isDue = due !== "" && today() >= due;
    const begun = ActivityElement.stateOf(key) !== undefined;
    const open = apart || isDue || begun || this.asked === round;
    rounds.forEach((one, index) => {
      const section = this.formOf(one)?.closest<HTMLElement>(".activity");
      if (section) section.hidden = index > round || (index === round && !open);
    });
    this.closest(".step")?.toggleAttribute("data-due", (isDue || begun) && !done);
    this.one("[data-now]").hidden = open || !saved || this.locked;
    const make = this.querySelector<HTMLElement>("[data-make]");
    if (make) make.hidden = saved !== "" || open;
    const day = shownDay(due);
    const words = done
      ? t("follow-up.thanks")
      : isDue || begun
        ? t("follow-up.asked")
        : apart
          ? t("follow-up.apart")
          : open
            ? t("follow-up.early")
            : saved
              ? t(round ? "follow-up.next" : "follow-up.later", { day })
              : t("follow-up.no-plan");
    const place = this.one("[data-when]");
    // Said aloud only to those who are here: on opening, the step itself is read.
    if (place.textContent !== words && this.closest(".step")?.contains(document.activeElement)) announce(words);
    place.textContent = words;
    if (saved) for (const other of all(`[data-later="${this.key}"]`)) other.textContent = words;
    for (const other of all(`[data-waits="${this.key}"]`)) other.textContent = saved && !open ? words : "";
    this.show(apart ? "" : planKey, saved);
  }

  /** The plan that is asked about, in the words of its form. */
  private show(key: string, saved: string): void {
    const panel = this.one("[data-plan]");
    panel.hidden = !key || !saved;
    if (panel.hidden) return;
    const isNext = key !== this.plan;
    const shed = shedOf(ActivityElement.stateOf(key));
    const rows = all(".form-sheet > div", this.formOf(key)).flatMap((row) => {
      const value = this.one("dd", row);
      const field = value.dataset.copy ?? "";
      const text = value.textContent || (shed.includes(field) ? t("follow-up.shed") : "");
      if (!text || (isNext && field !== this.next && field !== "next-by")) return [];
      return [made("dt", this.one("dt", row).textContent ?? ""), quoted("dd", text)];
    });
    this.one("h3", panel).textContent = t(isNext ? "follow-up.your-next-plan" : "follow-up.your-plan");
    this.one("p", panel).textContent = t("follow-up.made", { day: shownDay(saved) });
    this.one("dl", panel).replaceChildren(...rows);
  }
}

/** The day on which a form was saved first, "" where it was not. */
function savedOn(key: string): string {
  const saved: Json | undefined = member(ActivityElement.stateOf(key), "saved");
  return typeof saved === "string" ? saved : saved === true ? today() : "";
}

define("follow-up", FollowUp);
