/** What the compiler puts into a page: one launchable unit, in neutral words. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Spelled as in SCORM 2004 RTE 4.2.9. */
export type InteractionType =
  | "true-false"
  | "choice"
  | "fill-in"
  | "long-fill-in"
  | "matching"
  | "performance"
  | "sequencing"
  | "likert"
  | "numeric"
  | "other";

/** Text, number, verdict, chosen ids, or pairs of ids, as the type asks. */
export type Response = string | number | boolean | string[] | [string, string][];

export type Result = "correct" | "incorrect" | "neutral";

/**
 * One reportable answer with its place in the LMS's list. The index was fixed when the unit was compiled: it is the
 * same for all learners and attempts. A text longer than the standard's limit takes `slots` places in a row.
 */
export interface Interaction {
  /** `activity key` + "." + `key within the activity`, or the activity's key alone. */
  key: string;
  index: number;
  slots: number;
  /** What the LMS shows; readable, because some reports show nothing else. */
  id: string;
  type: InteractionType;
  /** The question's text, where the standard has a place for it. */
  description?: string;
  /** Ids of what can be chosen, in order, where the standard spells them by their place. */
  options?: string[];
  targets?: string[];
  /** Right answers in the standard's syntax. */
  patterns?: string[];
  weighting?: number;
  /** The author wants only the length and a hash of the text recorded. */
  digest?: boolean;
}

export interface Step {
  id: string;
  /** The activities of this step, in order. */
  activities: string[];
}

export interface Completion {
  /** Steps that must be seen. */
  phases: string[];
  /** Activities that must be done. */
  activities: string[];
  /** Form activities that must be saved. */
  forms: string[];
  /** Whether the score must reach the pass mark. */
  quiz: boolean;
}

/** So many, or until the answer is right. */
export type Attempts = number | "until-right";

export interface ActivityData {
  kind: string;
  /** What the learner calls it: its title or the start of its prompt. */
  label: string;
  /** What stands before the ids of this session's activities, where a unit has several sessions. */
  prefix?: string;
  /** Only read: done as soon as its step was seen. */
  read?: boolean;
  /** Weight in the score; absent where ungraded. */
  weight?: number;
  /** How often an answer is judged, where there is a limit. */
  attempts?: Attempts;
  /** When the learner hears what was right, where that is not after each check. */
  feedback?: "at-end" | "none";
  /** The prediction of this question. */
  before?: string;
  /** Who gets what is written here, where it is not the trainer: nobody, or nobody but the LMS's stored state. */
  record?: "private" | "kept";
  data?: { [key: string]: Json };
}

export interface Unit {
  /** Course and unit, for the journal's key. */
  id: string;
  language: string;
  /** Where it has several: the pages of all of them, its own language first. */
  pages?: Record<string, string>;
  steps: Step[];
  activities: Record<string, ActivityData>;
  interactions: Interaction[];
  /** Forms that are recorded as a whole beside their fields, where the standard has a place for that. */
  forms?: Interaction[];
  completion: Completion;
  masteryScore: number | null;
  onFail: "incomplete" | "failed";
  /** Reports that may still come after completion: forms, the rounds of a follow-up in order. */
  followUps: string[];
  /** How many characters of stored state the platform takes. */
  suspendDataLimit: number;
  /** `activity key` + "." + `text key`: whose resume copy goes first where there is too little room. */
  shedOrder: string[];
  messages: Record<string, string>;
}
