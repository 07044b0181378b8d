/** What an activity recorded last, so that only what differs is recorded again. */

import type { Answer } from "./activity";

export class Recorded {
  private readonly last = new Map<string, Answer["response"] | null>();

  /** An earlier visit wrote something under this key and may not have recorded it. */
  forget(key: string): void {
    this.last.set(key, null);
  }

  /** The answer in a list where it differs from the last one, else nothing. `empty` is what it was at first. */
  changed(key: string, response: string | number, empty: string | number = ""): Answer[] {
    const last = this.last.get(key);
    if (response === (last === undefined ? empty : last)) return [];
    this.last.set(key, response);
    return [{ key, response, result: "neutral" }];
  }
}
