/** What activity kinds and drivers may use. Everything is put on `globalThis.scormkit`, which the other chunks read. */

export type { AnswerRecord, Driver, Launch, Outcome, Report, Status } from "./driver";
export type { ActivityData, Interaction, InteractionType, Json, Response, Result, Unit } from "./unit";
export type { Answer, ResponseDetail } from "./activity";
export {
  ActivityElement,
  define,
  member,
  RESPONSE,
  shedOf,
  STATE_CHANGED,
  strings,
  textsOf,
} from "./activity";
export { all, announce, made } from "./elements";
export { t } from "./messages";
export { cleaned, fromOneLine, joined, lengthSent, onOneLine, slotted } from "./text";
export { TextField } from "./text-field";
export type { TextInput } from "./text-field";
export { Session } from "./session";
export { start } from "./start";
