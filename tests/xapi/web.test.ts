import { beforeEach, expect, it, vi } from "vitest";
import { exampleUnit } from "../runtime/unit-example";
import { answer, loaded, settled } from "./run";

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal("fetch", () => {
    throw new Error("nothing is sent");
  });
});

it("keeps what was answered in this browser and sends nothing", async () => {
  const { session, page } = await loaded("web", exampleUnit());
  answer(session, "essay", "words");
  await settled(1000);
  expect(page.last).toMatchObject({ kind: "saved" });
  const later = await loaded("web", exampleUnit());
  expect(later.page.restored).toEqual([["essay", { said: "words" }]]);
});

it("says where it is kept, not that it was sent", async () => {
  const unit = exampleUnit({ messages: { "save.saved": "Saved", "web.saved": "Kept here", "web.closing": "Kept" } });
  await loaded("web", unit);
  expect(unit.messages["save.saved"]).toBe("Kept here");
});

it("says that nothing is kept where the browser keeps nothing", async () => {
  const set = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const { page } = await loaded("web", exampleUnit());
  expect(page.last).toEqual({ kind: "unrecorded" });
  set.mockRestore();
});

it("gives back what is private when the page is opened again another day", async () => {
  const unit = () => {
    const made = exampleUnit();
    Object.assign(made.activities.essay ?? {}, { record: "private" });
    return made;
  };
  const { session, page } = await loaded("web", unit());
  answer(session, "essay", "words");
  await settled(1000);
  expect(page.last).toMatchObject({ kind: "saved" });
  sessionStorage.clear();
  const later = await loaded("web", unit());
  expect(later.page.restored).toEqual([["essay", { said: "words" }]]);
});
