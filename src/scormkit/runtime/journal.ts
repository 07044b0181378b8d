/**
 * A copy on this device of what the LMS has not confirmed, so that a closed tab or a lost connection loses nothing; and
 * of what it confirmed in the last visit until the next one proves it, because some confirm and store nothing.
 * Keyed by unit and learner: on a shared computer nobody sees another's answers. Where the LMS does not say who the
 * learner is, the copy lives only as long as the tab.
 */

import { member } from "./activity";
import { fromJson, type State, toJson } from "./state";
import type { Json, Response, Result } from "./unit";

/** An answer that is not confirmed, in a form that survives a reload. */
export interface PendingAnswer {
  /** The interaction's key in the unit. */
  key: string;
  response: Response;
  result: Result;
  /** Milliseconds since 1970. */
  at: number;
}

export interface JournalEntry {
  state: State;
  /** Something changed since the last save that the LMS confirmed. */
  dirty: boolean;
  pending: PendingAnswer[];
  /** Activities with text that was typed but not yet left or saved. */
  drafts: string[];
  /** Confirmed in the last visit, and not yet proved by the next. */
  sent: PendingAnswer[];
  /** An earlier copy that the learner was asked about and has not decided on. */
  offered: JournalEntry | undefined;
}

const PREFIX = "scormkit";
const ASIDE = ":aside";

export class Journal {
  readonly name: string;
  /** Whether it outlives the tab. */
  readonly lasts: boolean;
  private readonly storage: Storage | undefined;
  private readonly shelf: string;

  constructor(unitId: string, learnerId: string) {
    this.shelf = `${PREFIX}:${unitId}:`;
    this.name = this.shelf + learnerId;
    this.storage = storage(learnerId ? "localStorage" : "sessionStorage");
    this.lasts = Boolean(learnerId && this.storage);
  }

  /**
   * False where the browser keeps nothing or is full: then only the LMS has the answers.
   *
   * @param aside beside the copy of another tab that may have this unit open, until that is known
   */
  write(entry: JournalEntry, aside = false): boolean {
    try {
      this.storage?.setItem(this.name + (aside ? ASIDE : ""), JSON.stringify(stored(entry)));
      return Boolean(this.storage);
    } catch {
      return false;
    }
  }

  /** The newer one where a tab died before it was known whether it was alone. */
  read(): JournalEntry | undefined {
    const [own, aside] = [this.entry(this.name), this.entry(this.name + ASIDE)];
    return own && aside && own.state.counter > aside.state.counter ? own : (aside ?? own);
  }

  /** It is known whether another tab has this unit open. */
  clearAside(): void {
    this.remove(this.name + ASIDE);
  }

  /**
   * On a shared computer nothing stays of others but what would be lost with it.
   *
   * @param only whether what this activity holds is only on this device
   */
  forgetOthers(only: (activity: string) => boolean): void {
    for (const name of Object.keys(this.storage ?? {})) {
      const entry = name !== this.name && name.startsWith(this.shelf) ? this.entry(name) : undefined;
      if (!entry || isOpen(entry) || Object.keys(entry.state.entries).some(only)) continue;
      this.remove(name);
    }
  }

  clear(): void {
    this.remove(this.name);
  }

  private entry(name: string): JournalEntry | undefined {
    try {
      return entryOf(JSON.parse(this.storage?.getItem(name) ?? "null") as Json);
    } catch {
      return undefined;
    }
  }

  private remove(name: string): void {
    try {
      this.storage?.removeItem(name);
    } catch {
      // A browser that lets nothing be removed lets nothing be kept either.
    }
  }
}

/** Whether the LMS has not confirmed all of it. */
export function isOpen({ dirty, pending, drafts }: JournalEntry): boolean {
  return dirty || pending.length + drafts.length > 0;
}

export function stored({ state, offered, ...lists }: JournalEntry): { [key: string]: Json } {
  const copy = { ...lists, state: toJson(state), offered: offered ? stored(offered) : null };
  return copy as unknown as { [key: string]: Json };
}

export function entryOf(json: Json): JournalEntry | undefined {
  const state = fromJson(member(json, "state"));
  if (!state) return undefined;
  const { dirty, pending, sent, drafts } = json as unknown as Partial<JournalEntry>;
  const offered = entryOf(member(json, "offered") ?? null);
  return { state, dirty: dirty === true, pending: pending ?? [], sent: sent ?? [], drafts: drafts ?? [], offered };
}

/** The storage, or undefined where the browser forbids even to look (private windows, sandboxed frames). */
function storage(kind: "localStorage" | "sessionStorage"): Storage | undefined {
  try {
    const found = window[kind];
    found.getItem("scormkit");
    return found;
  } catch {
    return undefined;
  }
}
