/**
 * The pages of a unit in several languages: which of them is opened first, and how one leads to another. It stands in the
 * page itself, so that a page in the wrong language is gone before anything has begun.
 */

import { bestOf } from "./language-match";
import { page } from "./page-data";
import type { Session } from "./session";
import type { Json } from "./unit";

/** What one page leaves for the next one, for as long as the tab lives. */
export interface Note {
  /** The language that the learner chose in this tab. */
  chosen?: string;
  /** The next page is opened on purpose: it stays. */
  to?: string;
  /** The learner asked for it just now. */
  asked?: boolean;
  /** The language that it was opened from. */
  from?: string;
  /** The run has begun and goes on there. */
  running?: boolean;
  /** What the learner did so far. */
  handed?: Json;
}

export class LanguagePages {
  private readonly pages: Record<string, string>;
  /** What the page before this one left; undefined where the learner did not come from there. */
  readonly arrived: Note | undefined;
  /** Set by the second script: takes over from `go` when a run may have begun. */
  change: (language: string) => unknown = (language) => this.go(language, { chosen: language, asked: true });

  /**
   * Before a run goes on: whether the page in another language opens instead. `ask` tells what the platform wants, as
   * language ranges by commas; `stored` is the stored state. Comes with the second script, as `begin` does.
   */
  leads!: (ask: () => string, stored: string) => boolean;
  /** The run may have begun: from now on the switch saves first. */
  begin!: (session: Session, launched: Promise<void> | undefined) => void;

  constructor(
    readonly language: string,
    pages: Record<string, string> | undefined,
  ) {
    this.pages = pages ?? {};
    const { note } = this;
    if (note.to === language) {
      this.arrived = note;
      this.keep(note.chosen ? { chosen: note.chosen } : {});
    }
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-language]") : null;
      const wanted = link?.dataset.language;
      if (!wanted || !this.canKeep || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.change(wanted);
    });
  }

  /** Whether this browser lets one page leave something for the next: without that none of them leads to another. */
  get canKeep(): boolean {
    return this.keep(this.note);
  }

  /** The language that suits best. */
  best(wishes: string): string | undefined {
    return bestOf(wishes, Object.keys(this.pages));
  }

  /** On the page that a launch opens: what the learner chose in this tab, else what the browser asks for. */
  choose(): boolean {
    const isFirst = Object.keys(this.pages)[0] === this.language;
    if (this.arrived || !isFirst) return false;
    const { chosen } = this.note;
    return this.go(chosen ?? this.best(navigator.languages.join()), {});
  }

  /** Opens the page in a language; false where that is this one, or where it cannot be done without a loss. */
  go(language: string | undefined, left: Note): boolean {
    const address = this.pages[language ?? ""];
    const { chosen } = this.note;
    const note = { ...(chosen ? { chosen } : {}), ...left, to: language ?? "", from: this.language };
    if (!address || language === this.language || !this.keep(note)) return false;
    window.location.replace(address + window.location.search + window.location.hash);
    return true;
  }

  private get name(): string {
    return `scormkit:language:${page().unit.id}`;
  }

  private get note(): Note {
    try {
      return JSON.parse(window.sessionStorage.getItem(this.name) ?? "{}") as Note;
    } catch {
      return {};
    }
  }

  private keep(note: Note): boolean {
    try {
      window.sessionStorage.setItem(this.name, JSON.stringify(note));
      return true;
    } catch {
      return false;
    }
  }
}
