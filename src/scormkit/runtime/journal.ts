/**
 * A copy on this device of what the LMS has not confirmed, so that a closed tab or a lost connection loses nothing.
 * Keyed by unit and learner: on a shared computer nobody sees another's answers. Where the LMS does not say who the
 * learner is, the copy lives only as long as the tab.
 */

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
  pending: PendingAnswer[];
  /** Activities with text that was typed but not yet left or saved. */
  drafts: string[];
  /** The LMS said that it has all of this, but may not have kept it. */
  confirmed?: boolean;
}

export class Journal {
  private readonly storage: Storage | undefined;
  private readonly name: string;

  constructor(unitId: string, learnerId: string) {
    this.name = `scormkit:${unitId}:${learnerId}`;
    this.storage = storage(learnerId ? "localStorage" : "sessionStorage");
  }

  /** False where the browser keeps nothing or is full: then only the LMS has the answers. */
  write(entry: JournalEntry): boolean {
    if (!this.storage) return false;
    try {
      const { pending, drafts, confirmed } = entry;
      this.storage.setItem(
        this.name,
        JSON.stringify({ state: toJson(entry.state), pending, drafts, ...(confirmed ? { confirmed } : {}) }),
      );
      return true;
    } catch {
      return false;
    }
  }

  read(): JournalEntry | undefined {
    try {
      const text = this.storage?.getItem(this.name);
      if (!text) return undefined;
      const stored = JSON.parse(text) as {
        state: Json;
        pending?: PendingAnswer[];
        drafts?: string[];
        confirmed?: boolean;
      };
      const state = fromJson(stored.state);
      return (
        state && {
          state,
          pending: stored.pending ?? [],
          drafts: stored.drafts ?? [],
          confirmed: stored.confirmed === true,
        }
      );
    } catch {
      return undefined;
    }
  }

  clear(): void {
    try {
      this.storage?.removeItem(this.name);
    } catch {
      // A browser that lets nothing be removed lets nothing be kept either.
    }
  }
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
