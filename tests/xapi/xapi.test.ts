import { describe, expect, it } from "vitest";
import type { Statement } from "../../src/scormkit/runtime/xapi-statements";
import { ACTOR, ENDPOINT, REGISTRATION, RecordStore } from "./record-store";
import { answer, eachLaunchedAt, launchAt, loaded, settled, xapiUnit } from "./run";

const TINCAN = {
  endpoint: `${ENDPOINT}/`,
  auth: "Basic abc",
  actor: JSON.stringify(ACTOR),
  registration: REGISTRATION,
};

eachLaunchedAt(TINCAN);

const contextOf = (statement: Statement | undefined) => statement?.context as Record<string, unknown> | undefined;

describe("a launch as tincan.xml has it", () => {
  it("speaks of the activity that the package names, or of the one that the launch names", async () => {
    const store = new RecordStore();
    await loaded("xapi");
    launchAt({ ...TINCAN, activity_id: "https://lms.example/activity" });
    await loaded("xapi");
    const ids = store.statements.map(({ object }) => (object as { id: string }).id);
    expect(ids).toEqual(["urn:scormkit:course/unit", "https://lms.example/activity"]);
  });

  it.each([
    ["abc", "Basic abc"],
    ["Basic abc", "Basic abc"],
    ["Bearer abc", "Bearer abc"],
  ])("sends the authorization %s as %s", async (auth, sent) => {
    const store = new RecordStore();
    launchAt({ ...TINCAN, auth });
    await loaded("xapi");
    expect(store.asked[0]?.headers.Authorization).toBe(sent);
  });

  it("reads the actor of old platforms, which put every value into a list", async () => {
    const store = new RecordStore();
    const account = [{ accountServiceHomePage: "https://lms.example", accountName: "ada" }];
    launchAt({ ...TINCAN, actor: JSON.stringify({ name: ["Ada"], account, objectType: ["Agent"] }) });
    await loaded("xapi");
    expect(store.statements[0]?.actor).toEqual({
      name: "Ada",
      account: { homePage: "https://lms.example", name: "ada" },
      objectType: "Agent",
    });
  });

  it("keeps a registration of its own where the platform gives none", async () => {
    const store = new RecordStore();
    const { registration: _, ...without } = TINCAN;
    launchAt(without);
    await loaded("xapi");
    launchAt(without);
    await loaded("xapi");
    const used = store.statements.map((one) => contextOf(one)?.registration);
    expect(used[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(used).size).toBe(1);
  });

  it("puts grouping and platform into every statement and hands on what it does not know", async () => {
    const store = new RecordStore();
    launchAt({ ...TINCAN, grouping: "urn:example:course", activity_platform: "Example LMS", tenant: "7" });
    const { session } = await loaded("xapi");
    answer(session, "essay", "words");
    await settled(1000);
    for (const one of store.statements) {
      expect(contextOf(one)?.platform).toBe("Example LMS");
      expect(contextOf(one)?.contextActivities).toMatchObject({ grouping: [{ id: "urn:example:course" }] });
    }
    for (const one of store.asked) expect(one.query.tenant).toBe("7");
  });
});

describe("a registration", () => {
  it("has one completed and one passed, with a score, and every launch its own beginning and end", async () => {
    const store = new RecordStore();
    for (const round of [1, 2]) {
      launchAt(TINCAN);
      const { session } = await loaded("xapi");
      answer(session, "question", ["a"], { result: "correct", score: 1 });
      for (const step of ["reflect", "plan"]) session.visit(step);
      answer(session, "plan", `Greet ${round}`, { part: "action" });
      await settled(2000);
      await session.exit();
    }
    const times = (verb: string) => store.said(verb).length;
    expect([times("initialized"), times("completed"), times("passed"), times("terminated")]).toEqual([2, 1, 1, 2]);
    expect(store.said("completed")[0]?.result).toMatchObject({ completion: true });
    expect(store.said("passed")[0]?.result).toMatchObject({
      success: true,
      score: { scaled: 1, raw: 100, min: 0, max: 100 },
    });
  });

  it("has no completion in failed, and no category of cmi5 anywhere", async () => {
    const store = new RecordStore();
    const { session } = await loaded("xapi", xapiUnit({ onFail: "failed" }));
    answer(session, "question", ["b"], { result: "incorrect", score: 0 });
    await settled(1000);
    await session.exit();
    expect(store.said("failed")[0]?.result).toMatchObject({ success: false });
    expect(store.said("failed")[0]?.result).not.toHaveProperty("completion");
    expect(JSON.stringify(store.statements)).not.toContain("cmi5");
  });

  it("never says of a part what platforms judge the whole by", async () => {
    const store = new RecordStore();
    const { session } = await loaded("xapi");
    answer(session, "question", ["a"], { result: "correct", score: 1 });
    session.visit("reflect");
    await settled(1000);
    for (const one of store.statements) {
      const { id } = one.object as { id: string };
      if (id !== "urn:scormkit:course/unit") expect(JSON.stringify(one.verb)).toMatch(/answered|experienced|submitted/);
    }
  });
});
