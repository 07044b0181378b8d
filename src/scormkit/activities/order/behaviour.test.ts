import { describe, expect, it, vi } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

const ids = (one: Example) => one.all("[data-row]").map((row) => row.dataset.row);
const move = (one: Example, id: string, way: "up" | "down") => one.one(`[data-row=${id}] [data-edit=${way}]`).click();

describe("order", () => {
  it("moves a line, keeps the focus on its button, and says where it is", () => {
    vi.useFakeTimers();
    const one = new Example("order", "opinion");
    move(one, "people", "up");
    expect(ids(one)).toEqual(["product", "price", "people", "place"]);
    expect(document.activeElement).toBe(one.one("[data-row=people] [data-edit=up]"));
    vi.runAllTimers();
    expect(document.getElementById("announcer")?.textContent).toBe("How people are treated: place 3 of 4");
    const before = one.heard.length;
    move(one, "product", "up");
    expect(one.heard).toHaveLength(before);
    expect(one.one("[data-row=product] [data-edit=up]").getAttribute("aria-disabled")).toBe("true");
    vi.useRealTimers();
  });

  it("reports only as much of an opinion as was asked", () => {
    const one = new Example("order", "opinion");
    move(one, "price", "up");
    one.settle();
    expect(one.last.answers).toEqual([{ key: "", response: ["price", "product"], result: "neutral" }]);
    one.check();
    expect(one.verdict).toBe("Noted");
    expect(one.last).not.toHaveProperty("score");
    expect(ids(one.comesBack("order", "opinion"))).toEqual(ids(one));
  });

  it("counts what would have to be moved, and is right in the end", () => {
    const one = new Example("order", "right-order");
    one.restore({ given: ["ask", "listen", "sorry", "mend"], checks: 0 });
    one.check();
    expect(one.verdict).toBe("Not yet. Move 1 more.");
    expect(one.said).toEqual(["Belongs somewhere else.", "Can stay.", "Can stay.", "Can stay."]);
    expect(one.last).toMatchObject({ score: 2 / 3, answers: [{ result: "incorrect" }] });
    for (let times = 0; times < 3; times += 1) move(one, "ask", "down");
    expect(one.said).toEqual(["", "", "", ""]);
    one.check();
    expect(one.last).toMatchObject({
      score: 1,
      answers: [{ key: "", response: ["listen", "sorry", "mend", "ask"], result: "correct" }],
    });
    expect(one.comesBack("order", "right-order").verdict).toBe("That is right");
  });

  it("gives nothing for the reverse, and puts what is new behind what was stored", () => {
    const one = new Example("order", "right-order");
    one.restore({ given: ["ask", "gone", "mend"], checks: 0 });
    expect(ids(one).slice(0, 2)).toEqual(["ask", "mend"]);
    one.restore({ given: ["ask", "mend", "sorry", "listen"], checks: 0 });
    one.check();
    expect(one.last.score).toBe(0);
  });
});
