/** What activity kinds and drivers may use. Everything is put on `globalThis.scormkit`, which the other chunks read. */

export type { Answer, ResponseDetail } from "./activity";
export {
  ActivityElement,
  define,
  member,
  RESPONSE,
  STATE_CHANGED,
  shedOf,
  strings,
  textsOf,
} from "./activity";
export type { AnswerRecord, Driver, Launch, Outcome, Report, Status } from "./driver";
export { all, announce, fail, made, mark, put, whenSent } from "./elements";
export { t } from "./messages";
export { Recorded } from "./recorded";
export { Session } from "./session";
export { start } from "./start";
export { cleaned, fromOneLine, joined, lengthSent, onOneLine, slotted } from "./text";
export type { TextInput } from "./text-field";
export { TextField } from "./text-field";
export type { ActivityData, Interaction, InteractionType, Json, Response, Result, Unit } from "./unit";
