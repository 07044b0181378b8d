// The form of a response and of a pattern of each SCORM 1.2 interaction type. No judge in judge-matrix.tsv
// checks these forms, but the standard has them (RTE 1.2, section 3.4, CMIFeedback) and reports rely on them.
import { type Check, form, line } from "./data-model";

const WRONG = 405;

const free = line(255, WRONG);
const character = form(/^[0-9a-z]$/, WRONG);
const decimal = form(/^-?\d+(\.\d+)?$/, WRONG);
const trueOrFalse = form(/^[01tf]$/, WRONG);

const list = "[0-9a-z](,[0-9a-z])*";
const pairs = "[0-9a-z]\\.[0-9a-z](,[0-9a-z]\\.[0-9a-z])*";
const either = (inner: string): Check => form(new RegExp(`^(${inner}|\\{${inner}\\})$`), WRONG);

/** `long-fill-in` and `other` came with SCORM 2004. */
export const STUDENT_RESPONSES: Readonly<Record<string, Check>> = {
  "true-false": trueOrFalse,
  choice: form(new RegExp(`^${list}$`), WRONG),
  "fill-in": free,
  matching: form(new RegExp(`^${pairs}$`), WRONG),
  performance: free,
  sequencing: form(new RegExp(`^${list}$`), WRONG),
  likert: form(/^[0-9a-z]?$/, WRONG), // The only one that may be left blank.
  numeric: decimal,
};

/** Braces mean that all of it is needed for a correct answer, so they belong to patterns only. */
export const PATTERNS: Readonly<Record<string, Check>> = {
  "true-false": trueOrFalse,
  choice: either(list),
  "fill-in": free,
  matching: either(pairs),
  performance: free,
  sequencing: form(new RegExp(`^${list}$`), WRONG),
  likert: character,
  numeric: decimal,
};

export const TYPES: readonly string[] = Object.keys(STUDENT_RESPONSES);
