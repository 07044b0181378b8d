/** The launch as the address told it, kept for as long as the tab lives: a reload must find it, nobody else should. */

import { isPassing, type Reply } from "./xapi-lrs";
import type { Data } from "./xapi-statements";

/** What a launch is remembered by. */
export interface Kept {
  query: string;
  /** What the fetch address gave, once. */
  token?: string;
  session?: string;
  /** Milliseconds: when the session began. */
  began?: number;
  initialized?: boolean;
  terminated?: boolean;
}

const DELAYS = [1000, 2000, 4000, 8000, 15_000, 30_000];

export class LaunchRecord {
  private constructor(
    readonly kept: Kept,
    private readonly name: string,
  ) {}

  /**
   * The launch of this address, or of the address that this one was before it was cleaned. `identity` is the parameter
   * that every launch has and that tells one from the next. Undefined: the page was opened without an LMS.
   */
  static find(identity: string): LaunchRecord | undefined {
    const query = window.location.search;
    // One launch for the pages of all languages: index.html, index.de.html.
    const name = `scormkit:launch:${window.location.pathname.replace(/\.[\w-]+(?=\.html$)/, "")}`;
    const before = readKept(name);
    const asked = new URLSearchParams(query).get(identity);
    if (!asked) return before && new LaunchRecord(before, name);
    const same = before && new URLSearchParams(before.query).get(identity) === asked;
    const record = new LaunchRecord(same ? { ...before, query } : { query }, name);
    // The address holds who learns and what opens the record: it shall not stand in a history or a bookmark.
    if (record.keep({})) {
      try {
        window.history.replaceState(window.history.state, "", window.location.pathname + window.location.hash);
      } catch {
        // A frame that may not change its address keeps it.
      }
    }
    return record;
  }

  /** Every load of the page is a session of its own, where nothing forbids it. */
  begin(): void {
    const { query } = this.kept;
    for (const name of Object.keys(this.kept) as (keyof Kept)[]) delete (this.kept as Partial<Kept>)[name];
    this.keep({ query });
  }

  get parameters(): URLSearchParams {
    return new URLSearchParams(this.kept.query);
  }

  /** False where the browser keeps nothing. */
  keep(change: Partial<Kept>): boolean {
    Object.assign(this.kept, change);
    try {
      window.sessionStorage.setItem(this.name, JSON.stringify(this.kept));
      return true;
    } catch {
      return false;
    }
  }
}

function readKept(name: string): Kept | undefined {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(name) ?? "") as Kept;
    return typeof kept.query === "string" ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Asks again and again, less and less often, until there is an answer. */
export async function persistently(ask: () => Promise<Reply>): Promise<Reply> {
  for (let tried = 0; ; tried += 1) {
    const reply = await ask();
    if (!isPassing(reply.status)) return reply;
    const delay = DELAYS[Math.min(tried, DELAYS.length - 1)] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, Math.max(delay, reply.retryAfter * 1000)));
  }
}

/** A JSON object, or undefined for anything else. */
export function objectIn(text: string | null): Data | undefined {
  try {
    const value = JSON.parse(text ?? "") as Data | null;
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
