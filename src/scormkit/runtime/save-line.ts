/** One quiet place that says whether the answers are saved. It is silent while all is well, and speaks once of trouble. */

import type { SaveNotice } from "./host";
import { DIGITS, t } from "./messages";

export class SaveLine {
  private readonly line = document.getElementById("save-line");

  show(notice: SaveNotice): void {
    const { line } = this;
    if (!line || notice.kind === "ended") return;
    const trouble = /^(unsaved|elsewhere|unreachable)$/.test(notice.kind);
    const wasTrouble = line.classList.contains("trouble");
    // Each save in words would be chatter in a screen reader; trouble and its end are not.
    line.setAttribute("aria-live", notice.kind === "saved" && !wasTrouble ? "off" : "polite");
    line.classList.toggle("trouble", trouble);
    const words = inWords(notice);
    if (line.textContent !== words) line.textContent = words;
  }
}

/** What only this device has: so many answers, or something else that changed. */
export function unsavedInWords(count: number): string {
  return count ? t("save.answers", { count }) : t("save.changes");
}

function inWords(notice: Exclude<SaveNotice, { kind: "ended" }>): string {
  switch (notice.kind) {
    case "looking":
      return t("save.looking");
    case "unrecorded":
      return t("save.unrecorded");
    case "read-only":
      return t(notice.reports ? "save.reports-only" : "save.read-only");
    case "unreachable":
      return t("save.unreachable");
    case "elsewhere":
      return t("save.elsewhere");
    case "saved": {
      const { at, answers, of } = notice;
      return t(of ? "save.answered" : "save.saved", { time: clockTime(at), answers, count: of });
    }
    case "unsaved": {
      const what = unsavedInWords(notice.answers);
      if (notice.over) return t(notice.answers ? "save.over-unsaved" : "save.over", { what });
      return t(notice.onDevice ? "save.unsaved" : "save.only-here", { what });
    }
  }
}

function clockTime(at: Date): string {
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { ...DIGITS, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    at,
  );
}
