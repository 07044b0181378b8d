/** What activity kinds and drivers may use. Everything is put on `globalThis.scormkit`, which the other chunks read. */

export type { Answer, ResponseDetail } from "./activity";
export {
  ActivityElement,
  define,
  member,
  OPENED,
  RESPONSE,
  STATE_CHANGED,
  shedOf,
  strings,
  textsOf,
} from "./activity";
export { dayAfter, dayIn, isDay, shownDay, today } from "./day";
export type { AnswerRecord, Driver, Launch, Outcome, Report, Status } from "./driver";
export { all, announce, fail, made, mark, put, quoted, whenSent } from "./elements";
export { offerFile, offerText } from "./file";
export { DIGITS, t } from "./messages";
export { answersIn } from "./own-copy";
export { Question } from "./question";
export { Recorded } from "./recorded";
export { shareOf, weighted } from "./scoring";
export { Selects } from "./selects";
export { Session } from "./session";
export { start } from "./start";
export { read as readState } from "./state";
export { cleaned, fromOneLine, joined, lengthSent, onOneLine, slotted } from "./text";
export type { TextInput } from "./text-field";
export { TextField } from "./text-field";
export type { ActivityData, Interaction, InteractionType, Json, Response, Result, Unit } from "./unit";
