// The form of a response and of a pattern of each SCORM 2004 interaction type (RTE 4th edition, 4.2.9.1 and
// 4.2.9.2), as narrow as the narrowest of ADL's classes, Moodle and scorm-again.
import { hasLineBreak } from "./data-model";

const WRONG = 406;
const NOT_SET = 351;

type Form = (value: string) => boolean;

// The standard takes any URI here. Moodle takes only these characters, so no hyphen and no colon.
const SHORT_IDENTIFIER = /^[A-Za-z0-9_.]{1,250}$/;
// Moodle: at most five digits before the dot and none missing there; 18 after it.
export const REAL = /^-?\d{1,5}(\.\d{1,18})?$/;
export const LANGUAGE = /^([A-Za-z]{2,3}|[ix])(-[A-Za-z0-9-]{2,8})?$/;

/**
 * Text with an optional `{lang=…}` before it, which does not count. Line breaks are refused as Moodle and
 * scorm-again do, and so is any other text that begins with a brace, which ADL and scorm-again take for a
 * broken prefix.
 */
export function isLocalized(value: string, most: number): boolean {
  const prefix = /^\{lang=([^}]*)\}/.exec(value);
  if (prefix && !LANGUAGE.test(prefix[1] ?? "")) return false;
  const rest = prefix ? value.slice(prefix[0].length) : value;
  return rest.length <= most && !rest.startsWith("{") && !hasLineBreak(rest);
}

const identifier: Form = (value) => SHORT_IDENTIFIER.test(value);
const localized =
  (most: number): Form =>
  (value) =>
    isLocalized(value, most);
const trueOrFalse: Form = (value) => value === "true" || value === "false";
const real: Form = (value) => REAL.test(value);
const other: Form = (value) => value.length <= 4000 && !hasLineBreak(value);

const listOf =
  (part: Form): Form =>
  (value) =>
    value.split("[,]").every(part);

const distinct =
  (list: Form): Form =>
  (value) => {
    const parts = value.split("[,]");
    return new Set(parts).size === parts.length && list(value);
  };

const pair =
  (source: Form, target: Form): Form =>
  (value) => {
    const parts = value.split("[.]");
    const [left, right] = parts;
    return parts.length === 2 && left !== undefined && right !== undefined && source(left) && target(right);
  };

const set = distinct(listOf(identifier));
const matching = listOf(pair(identifier, identifier));

// Either side of a step may be empty but not both. Moodle wants the answer to be an identifier or a number.
const step: Form = (value) =>
  value !== "[.]" &&
  pair(
    (name) => name === "" || identifier(name),
    (given) => given === "" || identifier(given) || real(given),
  )(value);
const performance = listOf(step);

/** Parts that a response or a pattern may have. */
const PARTS: Readonly<Record<string, number>> = {
  choice: 36,
  "fill-in": 10,
  matching: 36,
  performance: 250,
  sequencing: 36,
};

const hasTooManyParts = (type: string, value: string): boolean =>
  value.split("[,]").length > (PARTS[type] ?? Number.POSITIVE_INFINITY);

const LEARNER_RESPONSES: Readonly<Record<string, Form>> = {
  "true-false": trueOrFalse,
  choice: set, // Never empty: ADL takes that for "none chosen", Moodle and scorm-again refuse it.
  "fill-in": listOf(localized(250)),
  "long-fill-in": localized(4000),
  matching,
  performance,
  sequencing: listOf(identifier),
  likert: identifier,
  numeric: real,
  other,
};

const without = (prefix: RegExp, inner: Form): Form => {
  return (value) => inner(value.replace(prefix, ""));
};

// ADL wants a range; Moodle wants both of its ends.
const range: Form = (value) => {
  const parts = value.split("[:]");
  return parts.length === 2 && parts.every(real) && Number(parts[0]) <= Number(parts[1]);
};

// scorm-again cuts these at every comma and takes no empty one: what passes everywhere is text without
// commas.
const undivided =
  (inner: Form): Form =>
  (value) =>
    value !== "" && !value.includes(",") && inner(value);

// In a pattern scorm-again wants the parts of a fill-in and of a sequencing to differ too.
const PATTERNS: Readonly<Record<string, { readonly form: Form; readonly most: number }>> = {
  "true-false": { form: trueOrFalse, most: 1 },
  choice: { form: set, most: 10 },
  "fill-in": {
    form: without(
      /^(\{case_matters=(true|false)\})?(\{order_matters=(true|false)\})?/,
      distinct(listOf(localized(250))),
    ),
    most: 5,
  },
  "long-fill-in": { form: undivided(localized(4000)), most: 5 }, // scorm-again refuses {case_matters=…} here.
  matching: { form: matching, most: 5 },
  performance: { form: without(/^\{order_matters=(true|false)\}/, performance), most: 5 },
  sequencing: { form: set, most: 5 },
  likert: { form: identifier, most: 1 },
  numeric: { form: range, most: 1 },
  other: { form: undivided(other), most: 1 },
};

export const TYPES: readonly string[] = Object.keys(LEARNER_RESPONSES);

export function responseError(type: string, response: string): number {
  if (hasTooManyParts(type, response)) return NOT_SET;
  return LEARNER_RESPONSES[type]?.(response) ? 0 : WRONG;
}

/** @param others the patterns that the interaction has at other indexes. */
export function patternError(type: string, pattern: string, others: readonly string[]): number {
  const rule = PATTERNS[type];
  if (!rule) return WRONG;
  if (others.length >= rule.most || hasTooManyParts(type, pattern)) return NOT_SET;
  if (!rule.form(pattern)) return WRONG;
  // Two patterns of a choice may not be the same set, two of a sequencing not the same order.
  const sameAs = (value: string): string => (type === "choice" ? value.split("[,]").sort().join("[,]") : value);
  const unique = type === "choice" || type === "sequencing";
  return unique && others.map(sameAs).includes(sameAs(pattern)) ? NOT_SET : 0;
}
