/** Beside a saved plan: a calendar file with its days, and its text for the clipboard. */

import {
  ActivityElement,
  all,
  announce,
  dayAfter,
  isDay,
  made,
  member,
  offerFile,
  STATE_CHANGED,
  t,
  today,
} from "scormkit-runtime";
import { type CalendarEvent, calendar } from "./calendar";

class Reminder extends HTMLElement {
  private readonly copied = made("textarea") as HTMLTextAreaElement;

  connectedCallback(): void {
    if (this.childElementCount) return;
    this.copied.dir = "auto";
    this.append(
      button("reminder.calendar", () => this.offer()),
      button("reminder.copy", () => this.copy()),
    );
    document.addEventListener(STATE_CHANGED, () => this.refresh());
    this.refresh();
  }

  private get form(): HTMLElement | null {
    return this.closest<HTMLElement>("[data-key]");
  }

  private get key(): string {
    return this.form?.dataset.key ?? "";
  }

  /** The rows of the form as they stand on paper: field, label and answer. */
  private get rows(): [string, string, string][] {
    return all(".form-sheet > div", this.form ?? this).map((row) => {
      const value = row.querySelector<HTMLElement>("dd");
      return [value?.dataset.copy ?? "", row.querySelector("dt")?.textContent ?? "", value?.textContent ?? ""];
    });
  }

  private get what(): string {
    return this.rows.find(([field]) => field === this.dataset.what)?.[2] ?? "";
  }

  /** Without a plan there is nothing to be reminded of. */
  private refresh(): void {
    this.hidden = !this.what;
    const [calendarButton] = all("button", this);
    if (calendarButton) calendarButton.hidden = !this.events.length;
  }

  private get plan(): string {
    const rows = this.rows.filter(([, , text]) => text);
    return rows.map(([, label, text]) => `${label}\n${text}`).join("\n\n");
  }

  private get events(): CalendarEvent[] {
    const { what, plan, key } = this;
    const { by = "", after } = this.dataset;
    const state = ActivityElement.stateOf(key);
    const title = document.querySelector("h1")?.textContent ?? "";
    const { id } = globalThis.scormkitPage.unit;
    const event = (name: string, day: string, summary: string, description: string): CalendarEvent => ({
      uid: `${id}/${key}/${name}@${window.location.hostname || "scormkit"}`.replace(/[^\w/.@-]/g, "-"),
      day,
      dayAfter: dayAfter(day, 1),
      summary,
      description,
    });
    const day = String(member(member(state, "dates"), by) ?? "");
    const saved = String(member(state, "saved") ?? "");
    return [
      ...(isDay(day) ? [event("by", day, t("reminder.by", { what: start(what) }), plan)] : []),
      ...(after
        ? [
            event(
              "report",
              dayAfter(isDay(saved) ? saved : today(), Number(after)),
              t("reminder.report", { title }),
              `${t("reminder.report-how", { title })}\n\n${plan}`,
            ),
          ]
        : []),
    ];
  }

  private offer(): void {
    const title = this.closest(".activity")?.querySelector("h3")?.textContent || t("reminder.file");
    offerFile(`${title}.ics`, "text/calendar", calendar(this.events, new Date()));
  }

  private copy(): void {
    const done = () => announce(t("reminder.copied"));
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard) clipboard.writeText(this.plan).then(done, () => this.show());
    else this.show();
  }

  /** Where no button may copy: the text, selected, to copy by hand. */
  private show(): void {
    const { copied } = this;
    copied.value = this.plan;
    copied.readOnly = true;
    copied.rows = 8;
    copied.setAttribute("aria-label", t("reminder.copy-yourself"));
    if (!copied.isConnected) this.closest(".actions")?.after(made("p", t("reminder.copy-yourself")), copied);
    copied.focus();
    copied.select();
  }
}

function button(words: string, act: () => void): HTMLElement {
  const made_ = made("button", t(words));
  made_.setAttribute("type", "button");
  made_.addEventListener("click", act);
  return made_;
}

/** The first words of a text, for a title. */
function start(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 80).replace(/\s\S*$/, "")} …` : line;
}

if (!customElements.get("scormkit-reminder")) customElements.define("scormkit-reminder", Reminder);
