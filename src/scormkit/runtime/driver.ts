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
}

export interface Driver {
  /** Looks for the LMS once. Undefined: it is not there (yet). Throws nothing. */
  launch(): Launch | undefined | Promise<Launch | undefined>;
  /** Writes and commits. Throws nothing. */
  save(report: Report): Outcome | Promise<Outcome>;
  /** Writes, commits and ends the run; called once. Nothing is written where there is no report. Throws nothing. */
  terminate(report?: Report): Outcome | Promise<Outcome>;
}
