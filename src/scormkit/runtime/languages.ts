/** The run of a unit in several languages: which one a launch asks for, and how the learner changes it on the way. */

import { made, OPENED, readState, t } from "scormkit-runtime";
import type { LanguagePages } from "./language-pages";
import { page } from "./page-data";
import type { Session } from "./session";

/** Where the stored state keeps what the learner chose. No author's id begins like this. */
const CHOICE = "_language";

/**
 * Before a run goes on: whether the page in another language opens instead. What the learner once chose counts more than
 * what the platform says; `ask` is called only where it matters.
 */
function leads(pages: LanguagePages, ask: () => string, stored: string): boolean {
  // Asked for already, by the learner or by the run that goes on here. What the browser asks for counts least.
  if (pages.arrived?.running || pages.arrived?.asked) return false;
  const choice = readState(stored)?.entries[CHOICE]?.state;
  const wanted = (typeof choice === "string" && pages.best(choice)) || pages.best(ask());
  return pages.go(wanted, { running: true });
}

/** The run has begun: the switch saves first. */
function begin(pages: LanguagePages, session: Session, launched: Promise<void> | undefined): void {
  const { language, arrived } = pages;
  let notice: HTMLElement | undefined;
  let busy = false;
  const remember = (chosen: string) => {
    if (session.state.entries[CHOICE]?.state !== chosen) session.remember(CHOICE, chosen);
  };
  const change = async (wanted: string) => {
    await launched;
    remember(wanted);
    const handed = await session.handOver();
    if (handed) {
      const note = { chosen: wanted, asked: true, running: session.hasBegun };
      // What a browser's storage has no room for is saved all the same: the platform gives it back.
      if (!pages.go(wanted, { ...note, handed }) && !pages.go(wanted, note)) window.location.reload();
      return;
    }
    notice ??= made("p", t("languages.wait"), "notice");
    document.getElementById("notices")?.append(notice);
  };
  pages.change = (wanted) => {
    if (busy) return;
    busy = true;
    notice?.remove();
    void change(wanted).finally(() => {
      busy = false;
    });
  };
  for (const link of document.querySelectorAll<HTMLElement>("[data-language]")) name(link);
  if (!pages.canKeep) document.querySelector(".languages")?.remove();
  if (!arrived?.asked) return;
  document.querySelector<HTMLElement>(`[data-language="${arrived.from}"]`)?.focus({ preventScroll: true });
  // Where the learner chose before a run had begun, the choice is not in the stored state yet.
  if (arrived.handed) return;
  if (session.hasBegun) remember(language);
  else document.addEventListener(OPENED, () => queueMicrotask(() => remember(language)), { once: true });
}

/** A language that no catalogue names is called as the browser calls it. */
function name(link: HTMLElement): void {
  const tag = link.dataset.language ?? "";
  if (link.textContent !== tag) return;
  try {
    const found = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    link.textContent = found.charAt(0).toLocaleUpperCase(tag) + found.slice(1);
  } catch {
    // An older browser, or a tag of one's own: the tag says it.
  }
}

const { languages } = page();
if (languages) {
  languages.leads = (ask, stored) => leads(languages, ask, stored);
  languages.begin = (session, launched) => begin(languages, session, launched);
}
