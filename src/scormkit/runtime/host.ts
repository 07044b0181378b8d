/** The port between a session and the page: what the session asks of it and tells it. */

import type { Json } from "./unit";

/**
 * What the learner should know about saving. An answer is what one activity holds, however many records it takes: a
 * list, a text, a form, a question; what stays on this device by its label is not counted.
 */
export type SaveNotice =
  | { kind: "looking" }
  | { kind: "unrecorded" }
  /** The LMS that launched this does not answer: the page can be used meanwhile, and it is asked again. */
  | { kind: "unreachable" }
  | { kind: "read-only"; reports: boolean }
  /** Another tab has this unit open: this one writes nothing. */
  | { kind: "elsewhere" }
  /** The LMS has `answers` of the `of` that were given. */
  | { kind: "saved"; at: Date; answers: number; of: number }
  /**
   * Only this device has `answers`. `long`: it has been so for a while, or the device cannot keep them either.
   * `over`: the LMS takes nothing more in this launch.
   */
  | { kind: "unsaved"; answers: number; onDevice: boolean; long: boolean; over?: boolean }
  | { kind: "ended"; saved: boolean };

/** The page, as far as a session needs it. */
export interface Host {
  /** Nothing can be answered while the LMS is asked what it knows. */
  wait(waiting: boolean): void;
  /** Puts an activity back to its stored state. */
  restore(key: string, state: Json): void;
  /** Asks an activity to record what was typed but not yet recorded. */
  settle(key: string): void;
  /** The unit is only looked at: nothing can be changed but these activities. */
  lock(open: string[]): void;
  /** Steps, status or answers changed. */
  changed(): void;
  notice(notice: SaveNotice): void;
  /** Texts that the LMS has no room to keep for showing again. `unsaved`: they are only on this device. */
  shed(places: string[], unsaved: string[]): void;
  /** The stored state could not be read. */
  damaged(): void;
  /** This device has a copy of an earlier visit of which the LMS has nothing: whether the learner wants it back. */
  offer(decide: (use: boolean) => void): void;
  /** What is to stay on this device is not kept by this browser. */
  unkept(): void;
}
