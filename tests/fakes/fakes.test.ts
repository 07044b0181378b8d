// The strict fakes against 407 probes of independent implementations, each made in a session of its own:
// judge-matrix.tsv holds the error codes of ADL's own data model classes, scorm-again, and Moodle's player as
// it comes and in its "standard mode". Where all agree, so must the fakes, save for the rows listed here.
import { describe, expect, it } from "vitest";
import matrix from "./judge-matrix.tsv?raw";
import { Lms } from "./lms";

interface Verdict {
  readonly code: number;
  readonly value: string | undefined;
}

interface Row {
  readonly title: string;
  readonly standard: string;
  readonly setup: readonly (readonly [element: string, value: string])[];
  readonly call: string;
  readonly element: string;
  readonly value: string;
  readonly verdicts: readonly Verdict[];
}

/** `"a\nb"` as JSON has it, or `<250 chars>`. */
function valueIn(cell: string): string {
  const length = /^<(\d+) chars>$/.exec(cell)?.[1];
  if (length !== undefined) return "x".repeat(Number(length));
  return cell === "" ? "" : String(JSON.parse(cell));
}

/** `405`, `0 "t"` or `0 1`. */
function verdictIn(cell: string): Verdict {
  const space = cell.indexOf(" ");
  if (space < 0) return { code: Number(cell), value: undefined };
  return { code: Number(cell.slice(0, space)), value: String(JSON.parse(cell.slice(space + 1))) };
}

function rowIn(text: string): Row {
  const [standard = "", setup = "", call = "", element = "", value = "", ...judges] = text.split("\t");
  const last = setup.split("; ").pop() ?? "";
  const type = /type=([a-z-]+)/.exec(setup)?.[1];
  const context = last === "" || type !== undefined ? (type ?? "") : last;
  return {
    title: [standard, context, call, element, value].filter((part) => part !== "").join(" "),
    standard,
    setup: setup === "" ? [] : setup.split("; ").map((step) => [step.split("=")[0] ?? "", step.replace(/^[^=]*=/, "")]),
    call,
    element,
    value: valueIn(value),
    verdicts: judges.filter((cell) => cell !== "").map(verdictIn),
  };
}

const rows = matrix.trimEnd().split("\n").slice(1).map(rowIn);

function judge(row: Row): Verdict {
  const lms = new Lms();
  if (row.standard === "1.2") {
    const api = lms.launch({ standard: "1.2" });
    api.LMSInitialize("");
    for (const [element, value] of row.setup) expect(api.LMSSetValue(element, value)).toBe("true");
    const reply = row.call === "set" ? api.LMSSetValue(row.element, row.value) : api.LMSGetValue(row.element);
    return { code: Number(api.LMSGetLastError()), value: String(reply) };
  }
  const api = lms.launch({ standard: "2004" });
  api.Initialize("");
  for (const [element, value] of row.setup) expect(api.SetValue(element, value)).toBe("true");
  const reply = row.call === "set" ? api.SetValue(row.element, row.value) : api.GetValue(row.element);
  return { code: Number(api.GetLastError()), value: String(reply) };
}

const LETTER = "the letter of RTE 1.2 allows [A-Za-z0-9_-] only, so some platform may insist on it";
const FORM = "no judge checks the form of 1.2 responses, but RTE 1.2 has one for each type";

/** Rows where all judges agree and the fake refuses all the same. */
const STRICTER: Readonly<Record<string, { readonly code: number; readonly reason: string }>> = {
  "2004 choice set cmi.interactions.0.description <251 chars>": {
    code: 406,
    reason: "every smallest permitted maximum is a hard limit",
  },
  '1.2 set cmi.interactions.0.id "a.b:c/d"': { code: 405, reason: LETTER },
  '1.2 set cmi.interactions.0.id "urn:x:1"': { code: 405, reason: LETTER },
  '1.2 true-false set cmi.interactions.0.student_response "true"': { code: 405, reason: FORM },
  '1.2 true-false set cmi.interactions.0.student_response "false"': { code: 405, reason: FORM },
  '1.2 choice set cmi.interactions.0.student_response "option-long"': { code: 405, reason: FORM },
  '1.2 choice set cmi.interactions.0.student_response "{a,c}"': {
    code: 405,
    reason: "braces say that all are needed for a correct answer, so they belong to patterns",
  },
  '1.2 choice set cmi.interactions.0.student_response ""': {
    code: 405,
    reason: "one character or more; SCORM 2004 platforms refuse the empty choice too",
  },
  '1.2 likert set cmi.interactions.0.student_response "agree"': { code: 405, reason: FORM },
  '1.2 numeric set cmi.interactions.0.student_response "1e3"': { code: 405, reason: FORM },
  '1.2 numeric set cmi.interactions.0.student_response "1,5"': { code: 405, reason: FORM },
  '1.2 numeric set cmi.interactions.0.student_response ""': { code: 405, reason: FORM },
};

const accepts = ({ code }: Verdict): boolean => code === 0;

describe("the strict fakes against the judges", () => {
  it("reads every probe, each with a title of its own", () => {
    expect(rows).toHaveLength(407);
    expect(new Set(rows.map(({ title }) => title)).size).toBe(407);
  });

  it("lists no difference for a row that is not there", () => {
    const titles = rows.map(({ title }) => title);
    expect(Object.keys(STRICTER).filter((title) => !titles.includes(title))).toEqual([]);
  });

  it.each(rows.map((row) => [row.title, row] as const))("%s", (title, row) => {
    const ours = judge(row);
    const codes = row.verdicts.map(({ code }) => code);
    const listed = STRICTER[title];
    if (listed) {
      expect(row.verdicts.every(accepts), "only where all judges accept").toBe(true);
      expect(ours.code, listed.reason).toBe(listed.code);
    } else if (row.verdicts.every(accepts)) {
      expect(ours.code).toBe(0);
      const values = new Set(row.verdicts.map(({ value }) => value));
      const [agreed] = values;
      if (values.size === 1 && agreed !== undefined) expect(ours.value).toBe(agreed);
    } else {
      // Some refuse: so does the fake, with the code of one of them.
      expect(codes).toContain(ours.code);
      expect(ours.code).not.toBe(0);
    }
  });
});
