import { expect, it } from "vitest";
import { Lms } from "./lms";

it("answers every read with an empty string and every question about errors with 0", () => {
  const api = new Lms({ fake: "mute" }).launch({ standard: "2004" });
  expect(api.Initialize("")).toBe("true");
  for (const element of [
    "cmi.completion_status",
    "cmi.interactions._count",
    "cmi.mode",
    "cmi.entry",
    "no such thing",
  ]) {
    expect(api.GetValue(element)).toBe("");
    expect(api.GetLastError()).toBe("0");
  }
});

it("takes everything, and has a value as soon as it is set", () => {
  const lms = new Lms({ fake: "mute" });
  const api = lms.launch({ standard: "1.2" });
  expect(api.LMSInitialize("")).toBe("true");
  expect(api.LMSSetValue("cmi.core.lesson_status", "whatever")).toBe("true");
  expect(lms.stored("cmi.core.lesson_status")).toBe("whatever");
  expect(api.LMSGetValue("cmi.core.lesson_status")).toBe("");
});

it("stores nothing more at a Commit", () => {
  const lms = new Lms({ fake: "mute" });
  const api = lms.launch({ standard: "2004" });
  api.Initialize("");
  api.SetValue("cmi.location", "3");
  expect(api.Commit("")).toBe("true");
  expect(api.Terminate("")).toBe("true");
  expect(lms.saves).toEqual([{ "cmi.location": "3" }]);
});
