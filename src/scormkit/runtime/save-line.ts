/** One quiet place that says whether the answers are saved. It is silent while all is well, and speaks once of trouble. */

import { t } from "./messages";
import type { SaveNotice } from "./session";

export class SaveLine {
  private readonly line = document.getElementById("save-line");

  show(notice: SaveNotice): void {
    const { line } = this;
    if (!line || notice.kind === "ended") return;
    const trouble = notice.kind === "unsaved";
    const wasTrouble = line.classList.contains("trouble");
    // Each save in words would be chatter in a screen reader; trouble and its end are not.
    line.setAttribute("aria-live", notice.kind === "saved" && !wasTrouble ? "off" : "polite");
    line.classList.toggle("trouble", trouble);
    const words = inWords(notice);
    if (line.textContent !== words) line.textContent = words;
  }
}

function inWords(notice: Exclude<SaveNotice, { kind: "ended" }>): string {
  switch (notice.kind) {
    case "looking":
      return t("save.looking");
    case "unrecorded":
      return t("save.unrecorded");
    case "read-only":
      return t("save.read-only");
    case "saved":
      return t("save.saved", { time: clockTime(notice.at) });
    case "unsaved": {
      const { answers: count, onDevice } = notice;
      if (!count) return t(onDevice ? "save.unsaved-changes" : "save.only-here-changes");
      return onDevice ? t("save.unsaved", { count }) : t("save.only-here", { count });
    }
  }
}

function clockTime(at: Date): string {
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}
