/** What stands on the page once the learner has left: whether everything is saved, honestly, and what to do now. */

import { made } from "./elements";
import { t } from "./messages";
import { unsavedInWords } from "./save-line";

export interface Closing {
  kind: "saved" | "unsaved" | "read-only" | "elsewhere" | "unrecorded";
  /** What the line about saving said last. */
  receipt: string;
  /** Whether the unit is completed. */
  complete: boolean;
  /** How many answers could not be sent. */
  answers: number;
  /** Whether this device keeps what could not be sent. */
  onDevice: boolean;
  /** Whether the run is over. */
  ended: boolean;
  /** Where the learner came from; "" where nobody said. */
  returnTo: string;
}

export function showClosing(closing: Closing): void {
  const panel = document.getElementById("closing");
  const heading = panel?.querySelector("h2");
  const body = panel?.querySelector("[data-closing]");
  if (!panel || !heading || !body) return;
  heading.textContent = t(`closing.${closing.kind}`);
  body.replaceChildren(...wordsOf(closing).map((words) => made("p", words)));
  if (closing.returnTo) {
    const link = made("a", t("closing.return-to"));
    link.setAttribute("href", closing.returnTo);
    const line = made("p");
    line.append(link);
    body.append(line);
  }
  // What has not ended can be gone back to.
  const back = panel.querySelector<HTMLElement>("[data-closing-return]");
  if (back) back.hidden = closing.ended || closing.kind === "elsewhere";
  document.body.dataset.ended = closing.kind;
  panel.hidden = false;
  document.title = heading.textContent;
  window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

export function hideClosing(): void {
  delete document.body.dataset.ended;
  const panel = document.getElementById("closing");
  if (panel) panel.hidden = true;
}

function wordsOf({ kind, complete, answers, onDevice, receipt }: Closing): string[] {
  const close = t("closing.close");
  switch (kind) {
    case "saved":
      return [receipt, t(complete ? "closing.complete" : "closing.come-back"), close];
    case "elsewhere":
      return [t("notice.elsewhere"), close];
    case "read-only":
      return [t("closing.nothing-changed"), close];
    case "unrecorded":
      return [t("closing.unrecorded-why"), close];
    case "unsaved": {
      const what = unsavedInWords(answers);
      return onDevice ? [t("closing.on-device", { what }), close] : [t("closing.lost", { what })];
    }
  }
}
