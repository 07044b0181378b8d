import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Statement } from "../../src/scormkit/runtime/xapi-statements";
import { ACTIVITY, ACTOR, FETCH, REGISTRATION, RecordStore, TEMPLATE } from "./record-store";
import { answer, CMI5, eachLaunchedAt, launchAt, loaded, settled, xapiUnit } from "./run";

const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";

eachLaunchedAt(CMI5);
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

interface Context {
  registration: string;
  contextActivities: Record<string, { id: string }[]>;
  extensions: Record<string, unknown>;
  statement?: { id: string };
  revision: string;
}

function contextOf(statement: Statement | undefined): Context {
  return statement?.context as unknown as Context;
}

function pass(session: Parameters<typeof answer>[0]): void {
  answer(session, "question", ["a"], { result: "correct", score: 1 });
}

function finish(session: Parameters<typeof answer>[0]): void {
  for (const step of ["reflect", "plan"]) session.visit(step);
  answer(session, "plan", "Greet", { part: "action" });
}

describe("opening", () => {
  it("asks for the token once, by an empty POST without headers of its own", async () => {
    const store = new RecordStore();
    await loaded("cmi5");
    const [first] = store.asked;
    expect(first).toMatchObject({ method: "POST", resource: "fetch", text: "", headers: {} });
    expect(store.asked.filter(({ resource }) => resource === "fetch")).toHaveLength(1);
    expect(store.asked[1]?.headers.Authorization).toBe("Basic token-1");
  });

  it("reads launch data, preferences and state before it says anything", async () => {
    const store = new RecordStore();
    await loaded("cmi5");
    const resources = store.asked.map(({ resource, query }) => query.stateId ?? query.profileId ?? resource);
    expect(resources).toEqual(["fetch", "LMS.LaunchData", "cmi5LearnerPreferences", "scormkit.suspend", "statements"]);
    expect(store.verbs).toEqual(["initialized"]);
  });

  it("works at an endpoint with and without a slash at its end", async () => {
    launchAt({ ...CMI5, endpoint: `${CMI5.endpoint}///` });
    const store = new RecordStore();
    await loaded("cmi5");
    expect(store.verbs).toEqual(["initialized"]);
  });

  it("lets nothing be answered until the state is there, and no longer", async () => {
    const store = new RecordStore();
    store.held = [];
    const { page } = await loaded("cmi5");
    expect(page.waiting).toBe(true);
    const released = store.held;
    store.held = undefined;
    for (const go of released) go();
    store.fail(0, { at: "statements", times: 99 });
    await settled();
    expect(page.waiting, "not even for initialized").toBe(false);
  });

  it("takes who learns and what opens the record out of the address", async () => {
    new RecordStore();
    await loaded("cmi5");
    expect(window.location.search).toBe("");
  });

  it("goes on after a reload with the same token and says nothing twice", async () => {
    const store = new RecordStore();
    await loaded("cmi5");
    await loaded("cmi5");
    expect(store.posts("fetch")).toHaveLength(1);
    expect(store.verbs).toEqual(["initialized"]);
  });

  it("says that the session is over where the token was used up elsewhere", async () => {
    const store = new RecordStore();
    store.tokens = [];
    const { page } = await loaded("cmi5");
    expect(page.locked).toBe(true);
    expect(page.last).toMatchObject({ kind: "unsaved", over: true });
    expect(store.statements).toEqual([]);
  });

  it("waits for a platform that is not there yet", async () => {
    const store = new RecordStore();
    store.fail(503, { at: "activities/state", times: 4 });
    const { page } = await loaded("cmi5");
    expect(page.last).toEqual({ kind: "looking" });
    await settled(10_000);
    expect(store.verbs).toEqual(["initialized"]);
  });

  it("is an ordinary page where there is no platform", async () => {
    sessionStorage.clear();
    window.history.replaceState(null, "", "/unit/index.html");
    new RecordStore();
    const { page } = await loaded("cmi5");
    expect(page.last).toEqual({ kind: "unrecorded" });
  });

  it("starts media without sound where the learner wants none", async () => {
    const store = new RecordStore();
    store.documents.set("cmi5LearnerPreferences", { languagePreference: "en", audioPreference: "off" });
    document.body.innerHTML = "<audio></audio>";
    await loaded("cmi5");
    expect(document.querySelector("audio")?.muted).toBe(true);
  });
});

describe("statements", () => {
  it("hold actor, registration and the whole template, with our own after its", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    pass(session);
    session.visit("reflect");
    await settled(1000);
    for (const one of store.statements) {
      const context = contextOf(one);
      expect(one.actor).toEqual(ACTOR);
      expect(context.registration).toBe(REGISTRATION);
      expect(context.contextActivities.grouping).toEqual(TEMPLATE.contextActivities.grouping);
      expect(context.contextActivities.category?.[0]).toEqual(TEMPLATE.contextActivities.category[0]);
      expect(context.extensions).toMatchObject(TEMPLATE.extensions);
      expect(context.revision).toBe("1.0+abc");
      expect(one.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(one.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it("of the unit are marked as cmi5's, those of its parts never", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    pass(session);
    finish(session);
    await settled(1000);
    const categories = (verb: string) =>
      contextOf(store.said(verb)[0])
        .contextActivities.category?.map(({ id }) => id)
        .slice(1);
    expect(categories("initialized")).toEqual([`${CATEGORY}cmi5`]);
    expect(categories("completed")).toEqual([`${CATEGORY}cmi5`, `${CATEGORY}moveon`]);
    expect(categories("passed")).toEqual([`${CATEGORY}cmi5`, `${CATEGORY}moveon`]);
    for (const verb of ["answered", "experienced"]) expect(categories(verb), verb).toEqual([]);
    for (const one of store.statements) {
      const { id } = one.object as { id: string };
      expect(
        ["answered", "experienced", "submitted"].includes((one.verb as { display: { en: string } }).display.en),
      ).toBe(id !== ACTIVITY);
    }
  });

  it("describe a question whole", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    answer(session, "question", ["a", "b"], { result: "incorrect" });
    await settled(1000);
    const [said] = store.said("answered");
    expect(said?.object).toEqual({
      objectType: "Activity",
      id: `${ACTIVITY}/test/question/question/question/0a1b2c3d`,
      definition: {
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        name: { en: "question" },
        description: { en: "Which one?" },
        interactionType: "choice",
        correctResponsesPattern: ["a"],
        choices: [
          { id: "a", description: { en: "This" } },
          { id: "b", description: { en: "That" } },
        ],
      },
    });
    expect(said?.result).toEqual({ response: "a[,]b", success: false });
  });

  it.each(["a[,]b", "see [.]", "1[:]2", "{lang=en}x"])("hold a text with a separator whole: %s", async (text) => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    answer(session, "essay", text);
    await settled(1000);
    const [said] = store.said("answered");
    expect(said?.result).toEqual({ response: text });
    expect(said?.object).toMatchObject({ definition: { interactionType: "other" } });
  });

  it("hold a digest where the author wants no text", async () => {
    const store = new RecordStore();
    const unit = xapiUnit();
    for (const one of unit.interactions) if (one.key === "essay") one.digest = true;
    const { session } = await loaded("cmi5", unit);
    answer(session, "essay", "abc");
    await settled(1000);
    const [said] = store.said("answered");
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(said?.result).toEqual({ extensions: { "urn:scormkit:extension:digest": { length: 3, sha256 } } });
    expect(JSON.stringify(store.statements)).not.toContain('"abc"');
  });

  it("send a form as a whole, and a report back speaks of it", async () => {
    const store = new RecordStore();
    const unit = xapiUnit();
    const [plan] = unit.forms;
    if (!plan) throw new Error("the unit has a form");
    unit.forms.push({ ...plan, key: "report", part: "/form/report", form: "report", refersTo: "plan" });
    const { session } = await loaded("cmi5", unit);
    answer(session, "plan", "My plan\n\nGreet");
    await settled(1000);
    session.leave();
    await settled();
    store.tokens = ["token-2"];
    launchAt({ ...CMI5, fetch: `${FETCH}2` });
    const later = await loaded("cmi5", unit);
    answer(later.session, "report", "It went well");
    await settled(1000);
    const [first, second] = store.said("submitted");
    expect(first?.result).toEqual({ response: "My plan\n\nGreet" });
    expect(contextOf(second).statement).toEqual({ objectType: "StatementRef", id: first?.id });
  });
});

describe("what counts as done", () => {
  it("is said as soon as it is true, and once a registration", async () => {
    const store = new RecordStore({ masteryScore: 0.5 });
    const { session } = await loaded("cmi5");
    pass(session);
    finish(session);
    await settled(1000);
    expect(store.verbs).toEqual(expect.arrayContaining(["completed", "passed"]));
    await session.exit();
    store.tokens = ["token-2"];
    launchAt({ ...CMI5, fetch: `${FETCH}2` });
    const later = await loaded("cmi5");
    pass(later.session);
    await settled(1000);
    await later.session.exit();
    expect(store.said("completed")).toHaveLength(1);
    expect(store.said("passed")).toHaveLength(1);
    expect(store.verbs.slice(-1)).toEqual(["terminated"]);
  });

  it("is judged by the platform's pass mark, which stands beside the score", async () => {
    const store = new RecordStore({ masteryScore: 0.95 });
    const { session } = await loaded("cmi5");
    answer(session, "question", ["a"], { result: "correct", score: 0.9 });
    await settled(1000);
    expect(store.said("passed")).toEqual([]);
    answer(session, "question", ["a"], { result: "correct", score: 0.96 });
    await settled(1000);
    const [passed] = store.said("passed");
    expect(passed?.result).toMatchObject({ success: true, score: { scaled: 0.96, raw: 96, min: 0, max: 100 } });
    expect(contextOf(passed).extensions["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"]).toBe(0.95);
  });

  it("is never said with a score that the learner does not have", async () => {
    const store = new RecordStore({ masteryScore: 0.5 });
    const { session } = await loaded("cmi5");
    answer(session, "question", ["a"], { result: "correct", score: 0.6 });
    store.fail(400, { at: "statements", times: 9 });
    await settled(1000);
    await session.exit();
    store.faults = [];
    expect(store.said("passed")).toEqual([]);
    store.tokens = ["token-2"];
    Object.assign(store.documents.get("LMS.LaunchData") ?? {}, { masteryScore: 0.9 });
    launchAt({ ...CMI5, fetch: `${FETCH}2` });
    const later = await loaded("cmi5");
    answer(later.session, "essay", "words");
    await settled(2000);
    await later.session.exit();
    expect(store.said("answered").length).toBeGreaterThan(0);
    expect(store.said("passed"), "0.6 is less than 0.9, whatever an earlier visit thought").toEqual([]);
  });

  it("is said by a score that only lacks what adding loses", async () => {
    const store = new RecordStore({ masteryScore: 0.6 });
    const { session } = await loaded("cmi5");
    answer(session, "question", ["a"], { result: "correct", score: (0.1 + 0.7 + 1 - 1) * 0.75 });
    await settled(1000);
    const [passed] = store.said("passed");
    expect(passed?.result).toMatchObject({ success: true, score: { scaled: 0.6 } });
  });

  it.each([0.5999, 0.59999999])("is not said below the pass mark, at %d", async (score) => {
    const store = new RecordStore({ masteryScore: 0.6 });
    const { session } = await loaded("cmi5");
    answer(session, "question", ["a"], { result: "correct", score });
    await settled(1000);
    expect(store.said("passed")).toEqual([]);
  });

  it("has no failure while the learner may still pass", async () => {
    const store = new RecordStore({ masteryScore: 0.6 });
    const { session } = await loaded("cmi5", xapiUnit({ onFail: "failed" }));
    answer(session, "question", ["b"], { result: "incorrect", score: 0 });
    await settled(1000);
    expect(store.verbs).not.toContain("failed");
    pass(session);
    await settled(1000);
    await session.exit();
    expect(store.verbs).toContain("passed");
    expect(store.verbs).not.toContain("failed");
  });

  it("ends a failed session with failed before terminated", async () => {
    const store = new RecordStore({ masteryScore: 0.6 });
    const { session } = await loaded("cmi5", xapiUnit({ onFail: "failed" }));
    answer(session, "question", ["b"], { result: "incorrect", score: 0 });
    await settled(1000);
    await session.exit();
    expect(store.verbs.slice(-2)).toEqual(["failed", "terminated"]);
  });

  it.each(["Browse", "Review"])("is nothing in %s: only that the session began and ended", async (launchMode) => {
    const store = new RecordStore({ launchMode });
    const { session, page } = await loaded("cmi5");
    expect(page.locked).toBe(true);
    pass(session);
    session.visit("reflect");
    await settled(20_000);
    await session.exit();
    expect(store.verbs).toEqual(["initialized", "terminated"]);
    expect(store.posts("activities/state")).toEqual([]);
  });
});

describe("leaving", () => {
  it("by the button tells where to go when all is stored", async () => {
    const store = new RecordStore({ returnURL: "https://lms.example/back" });
    const { session, page } = await loaded("cmi5");
    answer(session, "essay", "words");
    await session.exit();
    expect(store.verbs.slice(-1)).toEqual(["terminated"]);
    expect(page.last).toEqual({ kind: "ended", saved: true });
    expect(session.returnTo).toBe("https://lms.example/back");
  });

  it.each(["", null, "javascript:alert(1)"])("asks to close the window where the address is %j", async (returnURL) => {
    new RecordStore({ returnURL });
    const { session } = await loaded("cmi5");
    expect(session.returnTo).toBe("");
  });

  it("by closing the tab is one request that outlives the page, terminated last", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    await settled(2000);
    const before = store.posts("statements").length;
    answer(session, "essay", "words");
    session.leave();
    const sent = store.posts("statements").slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.keepalive).toBe(true);
    await settled();
    expect(store.verbs.slice(-2)).toEqual(["answered", "terminated"]);
  });

  it("leaves out what is under way, so that terminated is not refused with it", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    await settled(2000);
    answer(session, "essay", "words");
    store.held = [];
    await settled(1000);
    session.leave();
    const sent = store.posts("statements").slice(-1)[0];
    expect(sent?.text).toContain("terminated");
    expect(sent?.text).not.toContain("words");
  });

  it("sends the state along, before terminated", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    await settled(2000);
    const before = store.asked.length;
    answer(session, "essay", "words");
    session.leave();
    expect(store.asked.slice(before).map(({ resource }) => resource)).toEqual(["activities/state", "statements"]);
    expect(store.asked.slice(-2).every(({ keepalive }) => keepalive)).toBe(true);
  });

  it("has room for terminated whatever is under way", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    await settled(2000);
    store.held = [];
    for (const text of ["one", "two"]) {
      // Together they fill all that may outlive the page.
      answer(session, "essay", text.repeat(10_000));
      answer(session, "plan", text.repeat(5000), { part: "action" });
      await settled(1000);
    }
    session.leave();
    const alive = store.posts("statements").filter(({ keepalive }) => keepalive);
    expect(alive.slice(-1)[0]?.text).toContain("terminated");
    expect(alive.reduce((bytes, { text }) => bytes + text.length, 0)).toBeLessThan(65_536);
  });

  it("cuts the rest rather than terminated, and keeps it on the device", async () => {
    const store = new RecordStore();
    const { session } = await loaded("cmi5");
    await settled(2000);
    answer(session, "essay", "x".repeat(70_000));
    session.leave();
    await settled(5000);
    expect(store.verbs.slice(-1)).toEqual(["terminated"]);
    expect(store.said("answered")).toEqual([]);
    store.tokens = ["token-2"];
    launchAt({ ...CMI5, fetch: `${FETCH}2` });
    await loaded("cmi5");
    await settled(2000);
    expect(store.said("answered")).toHaveLength(1);
    const [said] = store.said("answered");
    expect(contextOf(said).extensions["urn:scormkit:extension:answered-at"], "when it was really said").toBeDefined();
    expect((said?.timestamp ?? "") >= (store.said("initialized")[1]?.timestamp ?? "")).toBe(true);
  });
});
