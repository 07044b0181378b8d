/**
 * SCORM 2004, all editions (Run-Time Environment 4th Ed. v1.1). Our words are its words; what differs:
 *
 *   long texts        long-fill-in, 4,000 characters a record, further records for the rest
 *   score 0–1         cmi.score.scaled, and raw 0–100 beside it because most LMSs grade by raw
 *   sessionTime       cmi.session_time, ISO 8601
 *   terminate         Terminate; exit is always "suspend": anything else ends the attempt and its data
 */

import type { AnswerRecord, Driver, Launch, Outcome, Report } from "../../runtime/driver";
import { decimal, Elements, findApi, hundredths, scaleFirst, TIME_STEP } from "../../runtime/scorm-api";
import { inSlots, Records, recordId } from "../../runtime/scorm-records";
import type { Interaction, Response, Unit } from "../../runtime/unit";

const METHODS = ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError"];
const DIALECT = {
  get: "GetValue",
  set: "SetValue",
  commit: "Commit",
  lastError: "GetLastError",
  readable: /^cmi\.(suspend_data|interactions\.\d+\.learner_response)$/,
};
/** RTE 4.2.9: smallest permitted maximum of a long-fill-in, and of one string of a fill-in. */
const TEXT_LIMITS = { "long-fill-in": 4000, "fill-in": 250 } as const;

/** Stands for an answer that was taken back: every option is unticked again. */
const NOTHING = "none";

class Scorm2004 implements Driver {
  private lms!: Elements;
  private records!: Records;
  /** The LMS tells nothing of an earlier visit, so it may hold a higher status: a lower one is never written. */
  private silent = false;
  /** Records whose id is known to be right. */
  private readonly identified = new Set<number>();

  /** Seconds of the run that the LMS was told of. */
  private timed = 0;

  constructor(private readonly unit: Unit) {}

  launch(): Launch | Promise<never> | undefined {
    const api = findApi("API_1484_11", METHODS);
    if (!api) return undefined;
    const lms = new Elements(api, DIALECT);
    this.lms = lms;
    this.records = new Records(lms, this.unit.interactions, (interaction, slot) => this.identify(interaction, slot));
    const suspendData = lms.begin("Initialize");
    const { languages } = globalThis.scormkitPage;
    // The run goes on in the page that opens.
    if (languages?.leads(() => lms.get("cmi.learner_preference.language"), suspendData))
      return new Promise(() => undefined);
    const completion = lms.get("cmi.completion_status").toLowerCase();
    const success = lms.get("cmi.success_status").toLowerCase();
    const mode = lms.get("cmi.mode");
    const credit = lms.get("cmi.credit");
    const readOnly = mode === "browse" || mode === "review" || credit === "no-credit";
    const launch: Launch = {
      suspendData,
      status: {
        completion: completion === "completed" || completion === "incomplete" ? completion : "unknown",
        success: success === "passed" || success === "failed" ? success : "unknown",
      },
      learnerId: lms.get("cmi.learner_id"),
      readOnly,
      review: mode === "review",
    };
    if (!readOnly) {
      lms.set("cmi.exit", "suspend");
      if (completion === "completed" || completion === "incomplete") {
        lms.knows("cmi.completion_status", completion);
      } else if (completion) {
        lms.set("cmi.completion_status", "incomplete");
      } else {
        this.silent = suspendData === "";
      }
      if (launch.status.success !== "unknown") lms.knows("cmi.success_status", success);
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
    else this.lms.set("cmi.exit", "suspend");
    const recovered = this.lms.needsRecovery ? this.lms.commit() : true;
    const finished = this.lms.call("Terminate", "") === "true";
    return this.lms.outcome(finished && recovered);
  }

  private write(report: Report, ending = false): void {
    const { lms } = this;
    for (const answer of report.answers) this.answer(answer);
    if (report.answersOnly) lms.set("cmi.exit", "suspend");
    else this.standing(report);
    if (report.suspendData) lms.set("cmi.suspend_data", report.suspendData);
    if (ending || report.sessionTime - this.timed >= TIME_STEP) {
      this.timed = report.sessionTime;
      lms.set("cmi.session_time", timeinterval(report.sessionTime));
    }
  }

  private standing(report: Report): void {
    const { lms } = this;
    if (report.score !== null || scaleFirst(this.unit, report)) {
      lms.set("cmi.score.min", "0");
      lms.set("cmi.score.max", "100");
    }
    if (report.score !== null) {
      // Raw before scaled: where an LMS takes both, the last one wins, and they mean the same.
      lms.set("cmi.score.raw", decimal(report.score * 100));
      lms.set("cmi.score.scaled", decimal(report.score, 7));
    }
    const done = report.status.completion === "completed";
    if (done || !report.answers.length) lms.set("cmi.progress_measure", done ? "1" : decimal(report.progress, 4));
    if (done || !this.silent) lms.set("cmi.completion_status", done ? "completed" : "incomplete");
    if (!this.silent || report.status.success !== "unknown") lms.set("cmi.success_status", report.status.success);
  }

  private answer({ interaction, response, result, at }: AnswerRecord): void {
    const slots = texts(interaction, response);
    if (!this.records.reach(interaction.index)) return;
    slots.forEach((text, slot) => {
      const element = `cmi.interactions.${interaction.index + slot}`;
      if (slot && !text && !this.records.has(interaction.index + slot)) return;
      if (!this.identify(interaction, slot)) return;
      if (slot === 0) {
        if (interaction.description) this.lms.set(`${element}.description`, interaction.description);
        this.lms.set(`${element}.timestamp`, timestamp(at));
        for (const [n, pattern] of (interaction.patterns ?? []).entries()) {
          this.lms.set(`${element}.correct_responses.${n}.pattern`, pattern);
        }
      }
      this.lms.set(`${element}.learner_response`, text);
      if (slot === 0) {
        this.lms.set(`${element}.result`, result);
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
    if (this.records.has(index)) {
      // Moodle empties the right answers when a type is set again, and some LMSs refuse a second id: a record of an
      // earlier launch is only named anew where a new version of the unit has another question in its place.
      if (this.identified.has(index)) return true;
      this.identified.add(index);
      if (this.lms.get(`${element}.id`) === id) return true;
    }
    if (!this.lms.set(`${element}.id`, id)) return false;
    if (!this.lms.set(`${element}.type`, interaction.type)) return false;
    this.identified.add(index);
    this.records.add(index);
    return true;
  }
}

/** The response in the syntax of RTE 4.2.9.1, one text a record. */
function texts(interaction: Interaction, response: Response): string[] {
  if (typeof response === "boolean") return [String(response)];
  if (typeof response === "number") return [decimal(response, 7)];
  if (Array.isArray(response)) {
    // An empty choice is legal but refused by Moodle and scorm-again: a word says it.
    if (!response.length) return [NOTHING];
    // Moodle takes letters, digits, underscores and dots.
    const code = (id: string) => id.replace(/-/g, "_");
    return [response.map((part) => (typeof part === "string" ? code(part) : part.map(code).join("[.]"))).join("[,]")];
  }
  const limit = interaction.type === "fill-in" ? TEXT_LIMITS["fill-in"] : TEXT_LIMITS["long-fill-in"];
  return inSlots(response, limit, interaction);
}

function timeinterval(seconds: number): string {
  const all = hundredths(seconds);
  const hours = Math.floor(all / 360_000);
  const minutes = Math.floor(all / 6000) % 60;
  return `PT${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${decimal((all % 6000) / 100)}S`;
}

/** Local time without a zone: the one form that every judge takes (a zone needs a fraction of at most two digits). */
function timestamp(at: Date): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${date}T${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

globalThis.scormkitPage.driver = new Scorm2004(globalThis.scormkitPage.unit);
