/** Writes docs/xapi-statements.md from what the client really says; `vitest run -u` writes it anew. */

import { expect, it } from "vitest";
import type { Statement } from "../../src/scormkit/runtime/xapi-statements";
import { RecordStore, verbOf } from "./record-store";
import { answer, CMI5, eachLaunchedAt, launchAt, loaded, settled, xapiUnit } from "./run";

eachLaunchedAt(CMI5);

const WHEN: Record<string, string> = {
  initialized: "First of a session, when everything is read.",
  experienced: "A step is seen for the first time.",
  answered: "An answer is given or changed: questions, lists, texts, and each field of a form.",
  submitted: "A form is saved by its button: the whole as text. A report back refers to the plan's statement.",
  completed: "The completion rule is met; once a registration.",
  passed: "The score reaches the pass mark; once a registration.",
  failed: "The session ends below the pass mark, where the author writes `on_fail: failed`.",
  terminated: "Last of a session.",
};

const ABOUT = `# What is said in xAPI

This page is written by \`tests/xapi/catalogue.test.ts\` from what the client really sends (\`vitest run -u tests/xapi\`).

Targets \`cmi5\` and \`xapi\` send the same statements. In \`cmi5\` those about the unit itself have cmi5's category, and
\`moveon\` beside it where they decide; the context of every statement holds the launch's \`contextTemplate\` unchanged.
In \`xapi\` (tincan.xml) there is no such category, and the launch's \`grouping\` stands in the context.

## Ids

| what | id |
|---|---|
| course | \`iri\` of course.yaml, else \`urn:scormkit:COURSE\` |
| unit, as published | course + \`/SESSION\` |
| a package of one session (cmi5) | unit + \`/course\` |
| unit, as spoken of | \`activityId\` of the launch (cmi5), \`activity_id\` of the launch or the published id (xapi) |
| step | unit + \`/page/STEP\` |
| question | unit + \`/test/ACTIVITY/question/QUESTION\`; behind it eight digits that change with choices and right answers |
| form as a whole | unit + \`/form/ACTIVITY\` |
| field of a form | unit + \`/form/ACTIVITY/field/FIELD\` |
| statement | a UUID made of registration, unit, actor and what is said: sent twice it is one statement |

Own words: types \`urn:scormkit:activity-type:action-plan\` and \`…:report-back\`; extensions
\`urn:scormkit:extension:digest\` (of a result: \`length\` and \`sha256\` of a text with \`record: digest\`) and
\`urn:scormkit:extension:answered-at\` (of a context: when something was really answered that could only be sent in a
later session). A text with \`[,]\`, \`[.]\`, \`[:]\` or a brace at its start goes as \`other\`: in other types it would be
taken apart. Names and fields with \`record: none\` are never sent. Nothing is added about the learner.

## Documents

State \`scormkit.suspend\`: \`scormkit\` (the stored state as one word, at most 64,000 characters), \`rev\` (grows with each
save), \`done\` (what a registration may say only once), \`sent\` (form → id of its last \`submitted\`). In \`xapi\` also
\`scormkit.registration\`, where the launch gives none.
`;

function shown(statement: Statement, note = ""): string {
  const verb = verbOf(statement);
  const { id } = statement.verb as { id: string };
  return `### ${verb}${note}\n\n${note ? "" : `${WHEN[verb]}\n\n`}\`${id}\`\n\n\`\`\`json\n${JSON.stringify(statement, null, 2)}\n\`\`\`\n`;
}

it("the published catalogue is what is really said", async () => {
  const store = new RecordStore({ masteryScore: 0.6 });
  const unit = xapiUnit();
  for (const one of unit.interactions) if (one.key === "plan.action") one.digest = true;
  const { session } = await loaded("cmi5", unit);
  await settled(1000);
  for (const step of ["reflect", "plan"]) session.visit(step);
  answer(session, "question", ["a"], { result: "correct", score: 1 });
  answer(session, "plan", "Greet", { part: "action" });
  answer(session, "plan", "My plan\n\nBy when?\n2026-03-16\n");
  await settled(2000);
  await session.exit();
  const failing = new RecordStore({ masteryScore: 0.6 });
  launchAt({ ...CMI5, fetch: `${CMI5.fetch}2`, registration: "1f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9" });
  const other = await loaded("cmi5", xapiUnit({ onFail: "failed" }));
  answer(other.session, "question", ["b"], { result: "incorrect", score: 0 });
  await settled(2000);
  await other.session.exit();
  const [question, digest] = store.said("answered");
  const one = (verb: string) => shown(store.said(verb)[0] as Statement);
  const parts = [
    ABOUT,
    "## Statements\n",
    one("initialized"),
    one("experienced"),
    shown(question as Statement),
    shown(digest as Statement, ", with `record: digest`"),
    one("submitted"),
    one("completed"),
    one("passed"),
    shown(failing.said("failed")[0] as Statement),
    one("terminated"),
  ];
  await expect(parts.join("\n")).toMatchFileSnapshot("../../docs/xapi-statements.md");
});
