// How a learning platform treats the values between the content and its server.
import type { DataModel, Values } from "./data-model";
import type { Server } from "./learner-record";

/** Platforms do not keep to strings: numbers come as numbers in Moodle. */
export type Reply = string | number;

export interface Launch {
  readonly standard: "1.2" | "2004";
  /**
   * Of SCORM 2004: the 2nd stores 4000 characters of suspend_data, and only the 4th knows the jump request.
   */
  readonly edition: "2nd" | "3rd" | "4th";
  readonly mode: "browse" | "normal" | "review";
  readonly credit: "credit" | "no-credit";
  /** Replaces what follows from the learner's record. */
  readonly entry?: "ab-initio" | "resume" | "";
  readonly learner: { readonly id: string; readonly name: string };
  readonly launchData?: string;
  /** 1.2 only, 0 to 100; just Moodle acts on it. */
  readonly masteryScore?: string;
  /** 2004 only, -1 to 1. */
  readonly scaledPassingScore?: string;
  /** 2004 only, 0 to 1. */
  readonly completionThreshold?: string;
  /** Optional branches this platform leaves out, such as `cmi.interactions`. */
  readonly unsupported: readonly string[];
  /** 1.2 only: `suspended` forgets every attempt that did not end with the exit `suspend`. */
  readonly restores: "always" | "suspended";
  /** Length of 1.2 strings: 255 and 4096 as the standard has them, or 64000 for both as Moodle's default. */
  readonly limits: "standard" | "moodle";
  /**
   * 1.2 only: whether interactions and objectives are there again at the next launch; RTE 1.2 does not ask
   * for it.
   */
  readonly keepsRecords: boolean;
}

/** What the content finds at its launch. */
export interface Restored {
  readonly values: Values;
  readonly entry: string;
  readonly totalTime: string;
}

export abstract class Platform {
  /** Replaces the standard's codes of a failed Commit and Terminate. */
  readonly failureCode: number | undefined = undefined;

  abstract restore(server: Server, launch: Launch): Restored;
  abstract totalTime(sofar: string, session: string): string;

  /** The value as it is kept, which may not be as it was set. */
  kept(_element: string, value: string): string {
    return value;
  }

  reply(_element: string, value: string): Reply {
    return value;
  }

  afterSet(_data: DataModel, _launch: Launch): void {}

  beforeTerminate(_data: DataModel, _launch: Launch): void {}

  /** What a save carries. */
  collect(data: DataModel): Values {
    return Object.fromEntries(data.entries());
  }

  send(server: Server, values: Values, terminating: boolean): boolean {
    return server.send(values, terminating);
  }
}
