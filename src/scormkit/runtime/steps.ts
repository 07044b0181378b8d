/** The steps: one is shown at a time; the list beside them says where the learner is and what is done. */

import { all, announce } from "./elements";
import { t } from "./messages";

export class Steps {
  private readonly sections = all(".step");
  private readonly button = document.querySelector<HTMLElement>(".steps-button");
  private shown = this.sections[0];
  /** The learner went to a step: whatever is restored later, they stay there. */
  moved = false;
  /** Called when the learner went to a step. */
  went: () => void = () => undefined;

  constructor() {
    document.body.addEventListener("click", (event) => {
      const place = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-go-step]") : null;
      const { goStep, goActivity } = place?.dataset ?? {};
      if (goStep === undefined) return;
      event.preventDefault();
      this.go(goStep, goActivity);
    });
    this.button?.addEventListener("click", () => this.turnList(!this.isListOpen));
    // Left open, it would lie over what takes the focus.
    for (const name of ["click", "focusin"]) {
      document.body.addEventListener(name, ({ target }) => {
        if (this.isListOpen && target instanceof Element && !target.closest(".steps")) this.turnList(false);
      });
    }
    document.body.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !this.isListOpen) return;
      this.turnList(false);
      this.button?.focus();
    });
  }

  /** The id of the step that is shown. */
  get current(): string {
    return this.shown?.dataset.step ?? "";
  }

  get section(): HTMLElement | undefined {
    return this.shown;
  }

  has(id: string): boolean {
    return this.sections.some(({ dataset }) => dataset.step === id);
  }

  /** Where the learner is, in words. What comes after a while has a name and no number. */
  get position(): string {
    const { length } = this.sections.filter(({ dataset }) => dataset.role !== "follow-up");
    const number = this.shown ? this.sections.indexOf(this.shown) + 1 : 0;
    return number > length ? this.nameOf(this.current) : t("steps.position", { number, all: length });
  }

  show(id: string): void {
    const next = this.sections.find(({ dataset }) => dataset.step === id);
    if (!next) return;
    this.shown = next;
    for (const section of this.sections) section.classList.toggle("current", section === next);
    document.title = `${this.nameOf(id)} – ${document.querySelector("h1")?.textContent ?? ""}`;
    for (const link of this.links) {
      if (link.dataset.goStep === id) {
        link.setAttribute("aria-current", "step");
        link.scrollIntoView?.({ block: "nearest" });
      } else {
        link.removeAttribute("aria-current");
      }
    }
    for (const place of all(".steps-position")) place.textContent = this.position;
    const bar = document.querySelector("progress");
    if (bar) bar.value = this.sections.indexOf(next) + 1;
    this.turnList(false);
    for (const field of next.querySelectorAll("textarea")) grow(field);
  }

  /** The learner goes to a step, or to an activity in it; the focus goes along, so that reading goes on there. */
  go(id: string, activity = ""): void {
    if (!this.has(id)) return;
    this.moved = true;
    this.show(id);
    const place = activity && all("[data-key]", this.shown).find(({ dataset }) => dataset.key === activity);
    if (place) {
      place.closest<HTMLElement>(".activity")?.focus();
    } else {
      window.scrollTo(0, 0);
      this.shown?.querySelector("h2")?.focus({ preventScroll: true });
    }
    announce(this.position);
    this.went();
  }

  /** What a step is called in the list. */
  nameOf(id: string): string {
    const link = this.links.find(({ dataset }) => dataset.goStep === id);
    return link?.querySelector(".steps-name")?.textContent ?? "";
  }

  /** Marks what is done, in the list and in the menu of sessions. */
  mark(isDone: (id: string) => boolean, isSeen: (id: string) => boolean): void {
    for (const link of this.links) {
      const done = isDone(link.dataset.goStep ?? "");
      link.classList.toggle("is-done", done);
      const word = link.querySelector(".steps-word");
      if (word) word.textContent = done ? `, ${t("steps.done")}` : "";
    }
    for (const place of all(".menu [data-session]")) {
      const ids = this.sections
        .filter(({ dataset }) => dataset.of === place.dataset.session)
        .map(({ dataset }) => dataset.step ?? "");
      const word = ids.every(isDone) ? t("menu.done") : ids.some(isSeen) ? t("menu.begun") : "";
      place.textContent = word && ` ${word}`;
    }
  }

  private get links(): HTMLElement[] {
    return all(".steps-list ol a");
  }

  private get isListOpen(): boolean {
    return this.button?.getAttribute("aria-expanded") === "true";
  }

  private turnList(open: boolean): void {
    this.button?.setAttribute("aria-expanded", String(open));
  }
}

/** A field that was filled while its step was not shown could not measure its text. */
function grow(field: HTMLTextAreaElement): void {
  if ("fieldSizing" in field.style || !field.scrollHeight) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
