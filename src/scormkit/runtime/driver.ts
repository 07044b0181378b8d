/** The port between a session and a standard. One implementation a standard; none of them sees the page. */

import type { Interaction, Response, Result } from "./unit";

export type CompletionStatus = "unknown" | "incomplete" | "completed";
export type SuccessStatus = "unknown" | "passed" | "failed";

export interface Status {
  completion: CompletionStatus;
  success: SuccessStatus;
}

/** What the LMS knew when the unit was opened. */
export interface Launch {
  /** Stored state as it was saved, "" where there is none. */
  suspendData: string;
  status: Status;
  /** Names the learner for the journal; "" where the LMS does not say. */
  learnerId: string;
  learnerName?: string;
  /** Nothing may be written: the learner looks at the unit again, or the launch is not for credit. */
  readOnly: boolean;
  /**
   * The LMS launches what is finished for looking back (review), and still stores what is written. Moodle does so:
   * a report that was promised is taken all the same, status and score are left alone.
   */
  review?: boolean;
  /** The pass mark where the LMS sets it, 0–1. */
  masteryScore?: number;
  /** Where the learner goes on leaving; "" asks to close the window. */
  returnTo?: string;
  /** The LMS takes nothing in this launch, and will not later: only a new one helps. */
  over?: boolean;
}

/** A step that was seen for the first time. */
export interface Visit {
  step: string;
  at: Date;
}

/** One answer as it should stand in the LMS. */
export interface AnswerRecord {
  interaction: Interaction;
  response: Response;
  result: Result;
  /** When it was given. */
  at: Date;
  /** Seconds it took, where known. */
  latency?: number;
}

/** Everything that the LMS should hold now. The driver writes what differs from what it wrote before. */
export interface Report {
  suspendData: string;
  status: Status;
  /** 0–1, or null where nothing is graded yet. */
  score: number | null;
  /** 0–1. */
  progress: number;
  /** Answers that are not confirmed yet, by interaction index. */
  answers: AnswerRecord[];
  /** Steps that were seen for the first time since the last save that was confirmed. */
  visits: Visit[];
  /** Whether anything changed since the last save. */
  changed: boolean;
  /** Seconds since the launch. */
  sessionTime: number;
  /** Only answers and stored state: the LMS keeps the status and the score that it has. */
  answersOnly?: boolean;
}

/** How a save went. `refused` names elements that this LMS does not take; the rest was written all the same. */
export interface Outcome {
  confirmed: boolean;
  refused: string[];
  error?: string;
  /** The LMS ended the run: nothing more can be saved in this launch. */
  over?: boolean;
}

export interface Driver {
  /** What it stores stays on this device: nothing needs to be kept from it. */
  readonly onDevice?: boolean;
  /**
   * Looks for the LMS once. Undefined: it is not there (yet). A promise is the last word: nothing can be answered until
   * it is kept, and an undefined one means that there is no LMS. Throws nothing.
   */
  launch(): Launch | undefined | Promise<Launch | undefined>;
  /**
   * Whether the LMS really has what it confirmed in an earlier visit, by keys; without those of which nobody can tell
   * yet. Throws nothing.
   */
  proof?(answers: AnswerRecord[]): Promise<Map<string, boolean>>;
  /** Writes and commits. Throws nothing. */
  save(report: Report): Outcome | Promise<Outcome>;
  /**
   * Writes, commits and ends the run; called once. Nothing is written where there is no report. `leaving`: the page goes
   * away, what is not under way when the call returns never will be. Throws nothing.
   */
  terminate(report?: Report, leaving?: boolean): Outcome | Promise<Outcome>;
}
