// The data model of SCORM 2004 (RTE 4th edition, chapter 4). Every smallest permitted maximum is a hard limit
// here.
import {
  type Check,
  type DataModel,
  type Element,
  form,
  number,
  type Path,
  recordOf,
  type Table,
  text,
  words,
} from "./data-model";
import { isLocalized, LANGUAGE, patternError, REAL, responseError, TYPES } from "./interactions2004";

const MISMATCH = 406;
const OUTSIDE = 407;
const NOT_SET = 351;

const real = form(REAL, MISMATCH);
const between = (least: number, most: number): Check => number(REAL, least, most, MISMATCH, OUTSIDE);
// ADL refuses braces, ADL and Moodle refuse spaces, Moodle refuses a URN that is none.
const longIdentifier = form(/^(?!urn:(?![A-Za-z0-9-]{1,31}:.))[^\s{}]{1,4000}$/, MISMATCH);
// scorm-again takes no empty text here.
const someText =
  (most: number): Check =>
  (value) =>
    value.length >= 1 && value.length <= most ? 0 : MISMATCH;
const localized =
  (most: number): Check =>
  (value) =>
    isLocalized(value, most) ? 0 : MISMATCH;

// Hundredths of a second at most, and on seconds only. ADL refuses the bare `P`, ADL and Moodle the bare
// `PT`.
const interval = form(/^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/, MISMATCH);

const TIMESTAMP =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d\d?(?:Z|[+-](\d\d)(?::(\d\d))?)?)?)?)?)?)?)?$/;

/** Any part may be left out from the right; a zone may stand only after a fraction of one or two digits. */
const timestamp: Check = (value) => {
  const parts = TIMESTAMP.exec(value);
  if (!parts) return MISMATCH;
  // ADL and Moodle know the years of a 32-bit clock only.
  const limits: [number, number][] = [
    [1970, 2038],
    [1, 12],
    [1, 31],
    [0, 23],
    [0, 59],
    [0, 59],
    [0, 23],
    [0, 59],
  ];
  const inside = limits.every(([least, most], position) => {
    const part = parts[position + 1];
    return part === undefined || (Number(part) >= least && Number(part) <= most);
  });
  return inside ? 0 : MISMATCH;
};

/** Values that the other records of the collection have in the same place. */
function others(at: Path, data: DataModel): string[] {
  const step = at.steps[at.steps.length - 1];
  if (!step) return [];
  const leaf = at.name.slice(recordOf(at).length);
  const found: string[] = [];
  for (let index = 0; index < data.count(step.collection); index += 1) {
    const value = data.get(`${step.collection}.${index}${leaf}`);
    if (index !== step.index && value !== undefined) found.push(value);
  }
  return found;
}

const unique: Check = (value, at, data) =>
  others(at, data).includes(value) ? NOT_SET : longIdentifier(value, at, data);

const once =
  (check: Check): Check =>
  (value, at, data) => {
    const before = data.get(at.name);
    return before !== undefined && before !== value ? NOT_SET : check(value, at, data);
  };

const typeOf = (at: Path, data: DataModel): string => {
  const interaction = at.steps[0];
  return (interaction && data.get(`${interaction.collection}.${interaction.index}.type`)) ?? "";
};

const fact: Element = { access: "r" };
const r = (initial: string): Element => ({ access: "r", initial });
const rw = (check: Check): Element => ({ access: "rw", check });
const known = (initial: string, check: Check): Element => ({ access: "rw", initial, check });
const w = (check: Check): Element => ({ access: "w", check });

const completion = words(["completed", "incomplete", "not attempted", "unknown"], MISMATCH);
const success = words(["passed", "failed", "unknown"], MISMATCH);
const VERDICTS = ["correct", "incorrect", "unanticipated", "neutral"];
// A number as the verdict: four digits before the dot in Moodle.
const verdict: Check = (value) => (VERDICTS.includes(value) || /^-?\d{1,4}(\.\d{1,18})?$/.test(value) ? 0 : MISMATCH);

const NAVIGATION = ["continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"];
const navigation =
  (targeted: RegExp): Check =>
  (value) => {
    // Moodle refuses `_none_`, which ADL and scorm-again take, and an identifier that ends in a sign.
    const request = /^\{target=\S*[A-Za-z0-9]\}(.*)$/.exec(value)?.[1];
    return NAVIGATION.includes(value) || (request !== undefined && targeted.test(request)) ? 0 : MISMATCH;
  };

const score = (root: string): Table => ({
  [`${root}.score._children`]: r("max,raw,scaled,min"),
  [`${root}.score.scaled`]: rw(between(-1, 1)),
  [`${root}.score.raw`]: rw(real),
  [`${root}.score.min`]: rw(real),
  [`${root}.score.max`]: rw(real),
});

const comments = (root: string, access: "r" | "rw"): Table => ({
  [`${root}._children`]: r("comment,timestamp,location"),
  [`${root}._count`]: r("0"),
  [`${root}.n.comment`]: { access, check: localized(4000) },
  [`${root}.n.location`]: { access, check: someText(250) },
  [`${root}.n.timestamp`]: { access, check: timestamp },
});

const INTERACTIONS: Table = {
  "cmi.interactions._children": r(
    "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
  ),
  "cmi.interactions._count": r("0"),
  // Two records may share an id; scorm-again alone makes each write-once.
  "cmi.interactions.n.id": rw(once(longIdentifier)),
  "cmi.interactions.n.type": rw(words(TYPES, MISMATCH)),
  "cmi.interactions.n.objectives._count": r("0"),
  "cmi.interactions.n.objectives.n.id": rw(unique),
  "cmi.interactions.n.timestamp": rw(timestamp),
  "cmi.interactions.n.correct_responses._count": r("0"),
  "cmi.interactions.n.correct_responses.n.pattern": rw((value, at, data) =>
    patternError(typeOf(at, data), value, others(at, data)),
  ),
  "cmi.interactions.n.weighting": rw(real),
  "cmi.interactions.n.learner_response": rw((value, at, data) => responseError(typeOf(at, data), value)),
  "cmi.interactions.n.result": rw(verdict),
  "cmi.interactions.n.latency": rw(interval),
  "cmi.interactions.n.description": rw(localized(250)),
};

const OBJECTIVES: Table = {
  "cmi.objectives._children": r("progress_measure,completion_status,success_status,description,score,id"),
  "cmi.objectives._count": r("0"),
  "cmi.objectives.n.id": rw(once(unique)),
  ...score("cmi.objectives.n"),
  "cmi.objectives.n.success_status": known("unknown", success),
  "cmi.objectives.n.completion_status": known("unknown", completion),
  "cmi.objectives.n.progress_measure": rw(between(0, 1)),
  "cmi.objectives.n.description": rw(localized(250)),
};

/** Without `adl.data`: Moodle has none, and no package of ours may lean on it. */
export function elements2004(edition: "2nd" | "3rd" | "4th"): Table {
  return {
    "cmi._version": r("1.0"),
    ...comments("cmi.comments_from_learner", "rw"),
    ...comments("cmi.comments_from_lms", "r"),
    "cmi.completion_status": known("unknown", completion),
    "cmi.completion_threshold": fact,
    "cmi.credit": fact,
    "cmi.entry": fact,
    "cmi.exit": w(words(["time-out", "suspend", "logout", "normal", ""], MISMATCH)),
    ...INTERACTIONS,
    "cmi.launch_data": fact,
    "cmi.learner_id": fact,
    "cmi.learner_name": fact,
    // The standard has no upper end for volume and speed, scorm-again does, and it takes no speed of 0.
    "cmi.learner_preference._children": r("audio_level,audio_captioning,delivery_speed,language"),
    "cmi.learner_preference.audio_level": known("1", between(0, 999)),
    "cmi.learner_preference.language": known("", form(LANGUAGE, MISMATCH)),
    "cmi.learner_preference.delivery_speed": known("1", between(Number.MIN_VALUE, 999)),
    "cmi.learner_preference.audio_captioning": known("0", number(/^-?\d+$/, -1, 1, MISMATCH, OUTSIDE)),
    "cmi.location": rw(someText(1000)),
    "cmi.max_time_allowed": fact,
    "cmi.mode": fact,
    ...OBJECTIVES,
    "cmi.progress_measure": rw(between(0, 1)),
    "cmi.scaled_passing_score": fact,
    ...score("cmi"),
    "cmi.session_time": w(interval),
    "cmi.success_status": known("unknown", success),
    "cmi.suspend_data": rw(text(edition === "2nd" ? 4000 : 64000, MISMATCH)),
    "cmi.time_limit_action": r("continue,no message"),
    "cmi.total_time": fact,
    // Moodle lets it be read, scorm-again does not.
    "adl.nav.request": w(navigation(edition === "4th" ? /^(choice|jump)$/ : /^choice$/)),
  };
}
