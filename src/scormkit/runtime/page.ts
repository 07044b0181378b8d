/** The page as the session needs it, and the session as the page needs it: everything that a learner sees and presses. */

import { ActivityElement, OPENED, RESPONSE, type ResponseDetail, STATE_CHANGED } from "./activity";
import { Clock } from "./clock";
import { hideClosing, showClosing } from "./closing-panel";
import { CompletionPanel } from "./completion-panel";
import { all, announce, made } from "./elements";
import type { Host, SaveNotice } from "./host";
import { t } from "./messages";
import { offerAnswers } from "./own-copy";
import { page } from "./page-data";
import { printOut } from "./printing";
import { SaveLine } from "./save-line";
import type { Session } from "./session";
import type { Steps } from "./steps";
import type { Json, Unit } from "./unit";

type Unsaved = Extract<SaveNotice, { kind: "unsaved" }>;

export class Page implements Host {
  private session!: Session;
  private readonly steps = openedSteps();
  private readonly clock = new Clock();
  private readonly saveLine = new SaveLine();
  private readonly completion: CompletionPanel;
  /** The stored place was looked at. */
  private placed = false;
  private unsaved: Unsaved | undefined;
  private elsewhere = false;
  /** Offers the answers as a file while they have not arrived for a while. */
  private lastResort: HTMLElement | undefined;

  constructor(unit: Unit) {
    this.completion = new CompletionPanel(unit, (step) => this.steps.nameOf(step));
  }

  /** Joins the page to its session. What is returned is kept when the LMS has told what it knows. */
  open(session: Session): Promise<void> | undefined {
    this.session = session;
    ActivityElement.stateOf = (key) => session.state.entries[key]?.state;
    document.body.addEventListener(RESPONSE, (event) => {
      const key = keyOf(event.target);
      session.respond(key, (event as CustomEvent<ResponseDetail>).detail);
      tellChanged(key);
    });
    document.body.addEventListener("click", (event) => this.clicked(event));
    this.clock.enter(this.steps.section);
    this.steps.went = () => {
      this.clock.enter(this.steps.section);
      session.visit(this.steps.current);
    };
    const launched = session.start();
    this.refresh();
    return launched;
  }

  wait(waiting: boolean): void {
    page().opening?.turnFields(!waiting);
  }

  restore(key: string, state: Json): void {
    try {
      this.activity(key)?.restore(state);
    } catch (error) {
      // A state that one activity cannot read must not keep the others from theirs.
      console.error(error);
    }
    tellChanged(key);
  }

  settle(key: string): void {
    this.activity(key)?.settle();
  }

  lock(open: string[]): void {
    for (const element of activities()) if (!open.includes(element.key)) element.lock();
    if (!open.length) this.nameExit();
  }

  changed(): void {
    const { session, steps } = this;
    if (!this.placed) {
      this.placed = true;
      document.dispatchEvent(new CustomEvent(OPENED, { detail: session.seed }));
      // What has fallen due since the last visit is asked first.
      const due = session.goesOn ? null : document.querySelector<HTMLElement>("[data-due]");
      const step = due?.dataset.step ?? session.state.step;
      if (!steps.moved && steps.has(step)) this.showStep(step);
      else session.visit(steps.current);
    } else if (steps.moved && session.state.step !== steps.current) {
      session.visit(steps.current);
    }
    this.refresh();
  }

  notice(notice: SaveNotice): void {
    this.saveLine.show(notice);
    if (notice.kind === "unsaved") this.unsaved = notice;
    if (notice.kind === "unsaved" && notice.long) {
      this.lastResort ??= this.tell(t("notice.last-resort"), [t("copy.download"), offerAnswers]);
    } else if (notice.kind === "saved") {
      this.lastResort?.remove();
      this.lastResort = undefined;
    } else if (notice.kind === "elsewhere") {
      this.elsewhere = true;
      this.tell(t("notice.elsewhere"));
    }
    if (notice.kind === "unrecorded") {
      this.tell(t("notice.unrecorded"));
      this.nameExit();
    }
    if ((notice.kind === "unrecorded" || notice.kind === "unreachable") && !this.placed) this.changed();
    if (notice.kind === "ended") this.ended(notice.saved);
  }

  shed(places: string[], unsaved: string[]): void {
    for (const activity of activities()) {
      const mine = (place: string) => place === activity.key || place.startsWith(`${activity.key}.`);
      remark(activity, unsaved.some(mine) ? t("notice.unsaved-text") : places.some(mine) ? t("notice.shed") : "");
    }
  }

  unkept(): void {
    for (const activity of activities()) {
      if (activity.activity.record === "private") remark(activity, t("notice.unkept"));
    }
  }

  offer(decide: (use: boolean) => void): void {
    const answer = (use: boolean) => () => {
      notice.remove();
      decide(use);
    };
    const notice = this.tell(t("notice.offer"), [t("offer.use"), answer(true)], [t("offer.leave"), answer(false)]);
  }

  damaged(): void {
    this.tell(t("notice.damaged"));
  }

  /** The learner leaves by the button. */
  async exit(): Promise<void> {
    await this.session.exit();
    if (!this.session.hasEnded) this.close(this.session.unreachable ? "unsaved" : "unrecorded");
  }

  private clicked(event: MouseEvent): void {
    const places = "[data-exit], [data-prints], [data-copy-all], [data-clock-button], [data-closing-return]";
    const place = event.target instanceof Element ? event.target.closest<HTMLElement>(places) : null;
    if (!place) return;
    const { prints, copyAll, exit, clockButton } = place.dataset;
    if (prints !== undefined) printOut(prints);
    else if (copyAll !== undefined) offerAnswers();
    else if (exit !== undefined) void this.exit();
    else if (clockButton !== undefined) this.clock.toggle();
    else this.back();
  }

  private back(): void {
    hideClosing();
    this.steps.go(this.steps.current);
  }

  private showStep(step: string): void {
    this.steps.show(step);
    this.clock.enter(this.steps.section);
  }

  private refresh(): void {
    const { state, standing } = this.session;
    this.steps.mark(
      (step) => this.completion.isStepDone(step, state),
      (step) => state.seen.includes(step),
    );
    this.completion.show(standing, state);
  }

  private ended(saved: boolean): void {
    const { onlyLooked, returnTo } = this.session;
    this.close(onlyLooked ? "read-only" : saved ? "saved" : "unsaved");
    // Who has to be told that something is not saved goes on by the link.
    if (!saved || returnTo === undefined) return;
    if (returnTo) window.location.replace(returnTo);
    else window.close();
  }

  private close(kind: "saved" | "unsaved" | "read-only" | "unrecorded"): void {
    showClosing({
      kind: this.elsewhere ? "elsewhere" : kind,
      receipt: document.getElementById("save-line")?.textContent ?? "",
      complete: this.session.standing.status.completion === "completed",
      answers: this.unsaved?.answers ?? 0,
      onDevice: this.unsaved?.onDevice ?? !this.session.unreachable,
      ended: this.session.hasEnded,
      returnTo: this.session.returnTo ?? "",
    });
  }

  /** Where nothing is saved, the button does not say so. */
  private nameExit(): void {
    for (const button of all("[data-exit]")) button.textContent = t("exit.plain");
  }

  /** A notice at the top of the page, with buttons where something can be done. */
  private tell(words: string, ...buttons: [string, () => void][]): HTMLElement {
    const notice = made("div", words, "notice");
    const actions = made("p", "", "actions");
    for (const [name, act] of buttons) {
      const button = made("button", name);
      button.addEventListener("click", act);
      actions.append(button, " ");
    }
    if (buttons.length) notice.append(actions);
    document.getElementById("notices")?.append(notice);
    return notice;
  }

  private activity(key: string): ActivityElement | undefined {
    return activities().find((element) => element.key === key);
  }
}

/** A note below an activity; it goes where there are no words. */
function remark(activity: ActivityElement, words: string): void {
  const before = activity.parentElement?.querySelector<HTMLElement>(":scope > .notice");
  if (before?.textContent === words || (!before && !words)) return;
  before?.remove();
  if (!words) return;
  activity.after(made("p", words, "notice"));
  announce(words);
}

function openedSteps(): Steps {
  const { opening } = page();
  if (!opening) throw new Error("the page's own script did not run");
  return opening.steps;
}

function activities(): ActivityElement[] {
  return all("[data-key]").filter((element): element is ActivityElement => element instanceof ActivityElement);
}

function keyOf(target: EventTarget | null): string {
  return (target instanceof Element && target.closest<HTMLElement>("[data-key]")?.dataset.key) || "";
}

function tellChanged(key: string): void {
  document.dispatchEvent(new CustomEvent(STATE_CHANGED, { detail: key }));
}
