import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

const give = (one: Example, item: string, group: string) => one.write(`[data-row=${item}] select`, group);

describe("allocation", () => {
  it("calls groups by the names that the learner gives, and keeps within the limits", () => {
    const one = new Example("allocation", "to-teams");
    for (const item of ["letters", "calls", "visits", "website"]) give(one, item, "group-1");
    one.check();
    expect(one.error).toBe("Give it a name first.");
    one.write("[data-own=group-1]", "The early ones");
    expect(one.one<HTMLSelectElement>("select").innerHTML).toContain("The early ones");
    one.write("[data-own=group-2]", "The late ones");
    one.check();
    expect(one.error).toBe("“The early ones” has 4, but 3 is the most.");
    give(one, "website", "group-2");
    one.check();
    expect(one.verdict).toBe("Noted");
    expect(one.one("[data-group=group-1] [data-count]").textContent).toBe("3");
    expect(one.last.answers).toEqual([
      { key: "group-1", response: "The early ones", result: "neutral" },
      { key: "group-2", response: "The late ones", result: "neutral" },
      {
        key: "",
        response: [
          ["letters", "group-1"],
          ["calls", "group-1"],
          ["visits", "group-1"],
          ["website", "group-2"],
        ],
        result: "neutral",
      },
    ]);
    const again = one.comesBack("allocation", "to-teams");
    expect(again.one<HTMLInputElement>("[data-own=group-2]").value).toBe("The late ones");
    expect(again.one<HTMLSelectElement>("[data-row=website] select").value).toBe("group-2");
  });

  it("lets the learner name the things, as many as there are", () => {
    const one = new Example("allocation", "both-sides");
    one.check();
    expect(one.error).toBe("Write at least one, and choose where it goes.");
    one.write("[data-own=item-2]", "Accounts");
    one.check();
    expect(one.error).toBe("1 has no place yet.");
    give(one, "item-2", "both");
    one.check();
    expect(one.last).toMatchObject({ done: true, answers: [{ key: "item-2" }, { response: [["item-2", "both"]] }] });
  });

  it("asks for as many as each group needs", () => {
    const one = new Example("allocation", "to-teams", { least: 2, most: 4 });
    one.write("[data-own=group-1]", "A");
    one.write("[data-own=group-2]", "B");
    for (const item of ["letters", "calls", "visits"]) give(one, item, "group-1");
    give(one, "website", "group-2");
    one.check();
    expect(one.error).toBe("“B” has 1, but needs 2.");
  });
});
