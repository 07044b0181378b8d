import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

const NAME = "impressions";
const word = (column: string, number: number) => `[data-column=${column}] [data-word]:nth-of-type(${number})`;

function filled(): Example {
  const one = new Example("word-columns", NAME);
  one.write(`${word("readers", 1)} [type=text]`, "curious");
  one.pick(`${word("readers", 1)} [value='+']`);
  one.write(`${word("readers", 3)} [type=text]`, "loud");
  one.pick(`${word("readers", 3)} [value='-']`);
  one.write(`${word("librarians", 2)} [type=text]`, "strict");
  return one;
}

describe("word columns", () => {
  it("asks for a word in each column and for each word's tag", () => {
    const empty = new Example("word-columns", NAME);
    empty.check();
    expect(empty.error).toBe("Write 1 more word here.");
    const one = filled();
    one.check();
    expect(one.error).toBe("Say of “strict” whether it is positive or negative.");
    expect(document.activeElement).toBe(one.one(`${word("librarians", 2)} [type=radio]`));
  });

  it("records the words and how many are positive, shows the balance, and comes back", () => {
    const one = filled();
    one.pick(`${word("librarians", 2)} [value='-']`);
    one.check();
    expect(one.last.answers).toEqual([
      { key: "readers", response: "curious\nloud", result: "neutral" },
      { key: "readers-positive", response: 1, result: "neutral" },
      { key: "librarians", response: "strict", result: "neutral" },
      { key: "librarians-positive", response: 0, result: "neutral" },
    ]);
    expect(one.one("[data-balance=readers]").textContent).toBe("Yours: 1 positive, 1 negative.");
    const again = one.comesBack("word-columns", NAME);
    expect(again.one<HTMLInputElement>(`${word("readers", 3)} [type=text]`).value).toBe("loud");
    expect(again.one("[data-balance=librarians]").textContent).toBe("Yours: 0 positive, 1 negative.");
  });

  it("records words when their field is left, before any button", () => {
    const one = filled();
    one.one(`${word("librarians", 2)} [type=text]`).dispatchEvent(new Event("change", { bubbles: true }));
    expect(one.last.answers).toEqual([
      { key: "readers", response: "curious\nloud", result: "neutral" },
      { key: "librarians", response: "strict", result: "neutral" },
    ]);
  });

  it("takes words that were shed for answered until new ones are written", () => {
    const one = new Example("word-columns", NAME);
    one.restore({
      shed: ["readers"],
      texts: { librarians: "kind" },
      given: { readers: "+-.", librarians: "+.." },
      checks: 1,
    });
    expect(one.one("[data-shed=readers]").hidden).toBe(false);
    expect(one.one("[data-balance=readers]").textContent).toBe("Yours: 1 positive, 1 negative.");
    one.check();
    expect(one.error).toBe("");
    expect(one.last.state).toMatchObject({ shed: ["readers"] });
    expect(one.last.answers.map(({ key }) => key)).not.toContain("readers");
    one.write(`${word("readers", 1)} [type=text]`, "new");
    expect(one.last.state).not.toHaveProperty("shed");
    expect(one.one("[data-shed=readers]").hidden).toBe(true);
  });
});
