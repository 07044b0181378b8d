/**
 * SCORM 1.2 (Run-Time Environment 2001-10-01). Translation, ours → 1.2:
 *
 *   status            cmi.core.lesson_status, one word for both: completed, passed, failed, incomplete
 *   score 0–1         cmi.core.score.raw 0–100, with min 0 and max 100
 *   suspendData       cmi.suspend_data
 *   long-fill-in      fill-in, 255 characters a record, further records for the rest
 *   incorrect         wrong
 *   sessionTime       cmi.core.session_time HHHH:MM:SS.SS
 *   terminate         LMSFinish; exit "suspend" while something is still to come, "" afterwards
 */

import type { AnswerRecord, Driver, Launch, Outcome, Report, Status } from "../../runtime/driver";
import { type Api, decimal, Elements, findApi, hundredths, scaleFirst, TIME_STEP } from "../../runtime/scorm-api";
import { inSlots, Records, recordId } from "../../runtime/scorm-records";
import type { Interaction, InteractionType, Response, Unit } from "../../runtime/unit";

/** Without LMSFinish, which one platform has under another name. */
const METHODS = ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError"];
const DIALECT = {
  get: "LMSGetValue",
  set: "LMSSetValue",
  commit: "LMSCommit",
  lastError: "LMSGetLastError",
  // Interactions are write-only in this standard.
  readable: /^cmi\.suspend_data$/,
};
const TEXT_LIMIT = 255;
/** RTE 3.4.7: one character a choice. The compiler spells the right answers with the same. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const NUMBERS_FIRST = "123456789abcdefghijklmnopqrstuvwxyz0";

type LessonStatus = "passed" | "completed" | "failed" | "incomplete";

class Scorm12 implements Driver {
  private lms!: Elements;
  private records!: Records;
  /** The LMS tells nothing of an earlier visit, so it may hold a higher status: incomplete is never written. */
  private silent = false;

  /** Seconds of the run that the LMS was told of. */
  private timed = 0;

  constructor(private readonly unit: Unit) {}

  launch(): Launch | Promise<never> | undefined {
    const api: Api | undefined = findApi("API", METHODS);
    if (!api) return undefined;
    const lms = new Elements(api, DIALECT);
    this.lms = lms;
    this.records = new Records(lms, this.unit.interactions, (interaction, slot) => this.identify(interaction, slot));
    const suspendData = lms.begin("LMSInitialize");
    const { languages } = globalThis.scormkitPage;
    // The run goes on in the page that opens.
    if (languages?.leads(() => lms.get("cmi.student_preference.language"), suspendData))
      return new Promise(() => undefined);
    const word = lms.get("cmi.core.lesson_status").toLowerCase();
    const mode = lms.get("cmi.core.lesson_mode");
    const credit = lms.get("cmi.core.credit");
    const readOnly = mode === "browse" || mode === "review" || credit === "no-credit";
    const launch: Launch = {
      suspendData,
      status: statusOf(word),
      learnerId: lms.get("cmi.core.student_id"),
      readOnly,
      review: mode === "review",
    };
    if (!readOnly) {
      // Set first of all: if the tab dies, the next commit carries it.
      lms.set("cmi.core.exit", "suspend");
      this.silent = word === "" && suspendData === "";
      // Incomplete at once: an untouched status turns into completed at LMSFinish in some players.
      if (word === "not attempted" || word === "browsed") lms.set("cmi.core.lesson_status", "incomplete");
      else if (word) lms.knows("cmi.core.lesson_status", word);
    }
    return launch;
  }

  save(report: Report): Outcome | Promise<Outcome> {
    this.write(report);
    return this.lms.save();
  }

  terminate(report?: Report): Outcome {
    if (report) this.write(report, true);
    // A run that was only looked at must not end the attempt and its data.
    else this.lms.set("cmi.core.exit", "suspend");
    if (report?.status.completion === "completed" && !this.unit.followUps.length) this.lms.set("cmi.core.exit", "");
    const canFinish = this.lms.can("LMSFinish");
    const recovered = this.lms.needsRecovery || !canFinish ? this.lms.commit() : true;
    const finished = !canFinish || this.lms.call("LMSFinish", "") === "true";
    return this.lms.outcome(finished && recovered);
  }

  private write(report: Report, ending = false): void {
    const { lms } = this;
    for (const answer of report.answers) this.answer(answer);
    if (report.answersOnly) lms.set("cmi.core.exit", "suspend");
    else this.standing(report);
    if (report.suspendData) lms.set("cmi.suspend_data", report.suspendData);
    if (ending || report.sessionTime - this.timed >= TIME_STEP) {
      this.timed = report.sessionTime;
      lms.set("cmi.core.session_time", timespan(report.sessionTime));
    }
  }

  private standing(report: Report): void {
    const { lms } = this;
    if (report.score !== null || scaleFirst(this.unit, report)) {
      lms.set("cmi.core.score.min", "0");
      lms.set("cmi.core.score.max", "100");
    }
    if (report.score !== null) {
      // Scores before the status: some LMSs book the grade when a status arrives.
      const raw = decimal(report.score * 100);
      lms.set("cmi.core.score.raw", raw, raw === "0" ? "1" : "0");
    }
    const word = lessonStatus(report.status, this.unit);
    if (word !== "incomplete") lms.set("cmi.core.lesson_status", word, "incomplete");
    else if (!this.silent) lms.set("cmi.core.lesson_status", word);
  }

  private answer({ interaction, response, result, at }: AnswerRecord): void {
    const slots = texts(interaction, response);
    if (!this.records.reach(interaction.index)) return;
    slots.forEach((text, slot) => {
      const element = `cmi.interactions.${interaction.index + slot}`;
      // Continuation records that were never written stay away; those of an earlier, longer text are emptied.
      if (slot && !text && !this.records.has(interaction.index + slot)) return;
      if (!this.identify(interaction, slot)) return;
      if (slot === 0) {
        this.lms.set(`${element}.time`, clock(at));
        for (const [n, pattern] of (interaction.patterns ?? []).entries()) {
          this.lms.set(`${element}.correct_responses.${n}.pattern`, pattern);
        }
      }
      this.lms.set(`${element}.student_response`, text, other(interaction.type, text));
      if (slot === 0) {
        const verdict = result === "incorrect" ? "wrong" : result;
        this.lms.set(`${element}.result`, verdict, "unanticipated");
        if (interaction.weighting && interaction.weighting !== 1) {
          this.lms.set(`${element}.weighting`, decimal(interaction.weighting));
        }
      }
    });
  }

  private identify(interaction: Interaction, slot: number): boolean {
    const index = interaction.index + slot;
    const element = `cmi.interactions.${index}`;
    const id = recordId(interaction, slot);
    if (!this.lms.set(`${element}.id`, id, `${id}_`)) return false;
    const type = typeOf(interaction.type);
    this.lms.set(`${element}.type`, type, type === "performance" ? "fill-in" : "performance");
    this.records.add(index);
    return true;
  }
}

function statusOf(word: string): Status {
  return {
    completion:
      word === "passed" || word === "completed" ? "completed" : word === "incomplete" ? "incomplete" : "unknown",
    success: word === "passed" ? "passed" : word === "failed" ? "failed" : "unknown",
  };
}

/** One word for two facts. "passed" only where the rule asks for a pass: Moodle's default waits for "completed". */
function lessonStatus(status: Status, unit: Unit): LessonStatus {
  if (status.completion === "completed") {
    return unit.completion.quiz && status.success === "passed" ? "passed" : "completed";
  }
  return status.success === "failed" ? "failed" : "incomplete";
}

function typeOf(type: InteractionType): string {
  return type === "long-fill-in" || type === "other" ? "fill-in" : type;
}

/** The response in the syntax of RTE 3.4.7, one text a record. */
function texts(interaction: Interaction, response: Response): string[] {
  if (interaction.type === "true-false") return [response === true ? "t" : "f"];
  if (typeof response === "number") return [decimal(response, 7)];
  if (Array.isArray(response)) {
    const { options = [], targets = [] } = interaction;
    // An answer that was taken back: the character after those of the options stands for none of them.
    if (!response.length) return [ALPHABET.charAt(options.length)];
    // The points of a scale are counted: 1 is the lowest.
    const letters = interaction.type === "likert" ? NUMBERS_FIRST : ALPHABET;
    const spelled = response.map((part) =>
      typeof part === "string"
        ? letters.charAt(options.indexOf(part))
        : `${NUMBERS_FIRST.charAt(options.indexOf(part[0]))}.${ALPHABET.charAt(targets.indexOf(part[1]))}`,
    );
    return [spelled.join(",")];
  }
  return inSlots(String(response), TEXT_LIMIT, interaction);
}

/** Another legal response of the type, for resending (see Elements). */
function other(type: InteractionType, text: string): string {
  switch (type) {
    case "true-false":
      return text === "t" ? "f" : "t";
    case "choice":
    case "sequencing":
    case "likert":
      return text === "0" ? "1" : "0";
    case "matching":
      return text === "0.0" ? "1.1" : "0.0";
    case "numeric":
      return text === "0" ? "1" : "0";
    default:
      return text === "" ? "." : "";
  }
}

function timespan(seconds: number): string {
  const all = hundredths(seconds);
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  const hours = Math.min(9999, Math.floor(all / 360_000));
  return `${pad(hours, 4)}:${pad(Math.floor(all / 6000) % 60, 2)}:${pad(Math.floor(all / 100) % 60, 2)}.${pad(all % 100, 2)}`;
}

function clock(at: Date): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

globalThis.scormkitPage.driver = new Scorm12(globalThis.scormkitPage.unit);
