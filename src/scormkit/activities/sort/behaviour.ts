/** Each item has a list of groups to choose from. Check, see what fits and what does not, try again. */

import { ActivityElement, define, type Json, member, put, strings, t, whenSent } from "scormkit-runtime";

interface Item {
  id: string;
  row: HTMLElement;
  select: HTMLSelectElement;
  said: HTMLElement;
}

/** From this check on the page says where a misplaced item fits. */
const TELLING = 2;

class Sort extends ActivityElement {
  private items: Item[] = [];
  private checks = 0;
  /** Something was moved since the last check. */
  private changed = false;
  /** The learner was asked about items without a group since the last move. */
  private asked = false;

  protected ready(): void {
    this.items = this.all("[data-item]").map((row) => ({
      id: row.dataset.item ?? "",
      row,
      select: this.one<HTMLSelectElement>("select", row),
      said: this.one(".feedback", row),
    }));
    for (const item of this.items) item.select.addEventListener("change", () => this.moved(item));
    whenSent(this.one("form"), () => this.check());
    this.one("[data-first]").addEventListener("click", () => {
      this.items.find((item) => !this.isRight(item))?.select.focus();
    });
    this.count();
  }

  restore(state: Json): void {
    const placed = member(state, "placed");
    for (const { id, select } of this.items) {
      const group = member(placed, id);
      const known = [...select.options].some((option) => option.value === group);
      select.value = known && typeof group === "string" ? group : "";
    }
    const checks = member(state, "checked");
    this.checks = typeof checks === "number" && checks > 0 ? Math.floor(checks) : 0;
    this.changed = member(state, "changed") === true;
    this.asked = false;
    this.ask("");
    this.count();
    if (this.checks && !this.changed) this.show();
    else this.hide();
  }

  private get unplaced(): Item[] {
    return this.items.filter(({ select }) => !select.value);
  }

  private get state(): Json {
    const placed: { [key: string]: Json } = {};
    for (const { id, select } of this.items) if (select.value) placed[id] = select.value;
    const state = { placed, checked: this.checks };
    return this.changed ? { ...state, changed: true } : state;
  }

  private right(id: string): string[] {
    return strings(member(this.data.right, id));
  }

  private isRight({ id, select }: Item): boolean {
    return this.right(id).includes(select.value);
  }

  private moved(item: Item): void {
    const { select } = item;
    this.changed = this.checks > 0;
    this.asked = false;
    this.ask("");
    this.count();
    this.mark(item, "");
    this.one(".verdict").hidden = true;
    const count = this.items.filter((other) => other.select.value === select.value).length;
    this.announce(
      select.value ? t("sort.placed", { group: this.titleOf(item, select.value), count }) : t("sort.taken-out"),
    );
    this.respond({ state: this.state, done: this.checks > 0, answers: [], draft: true });
  }

  private check(): void {
    const { unplaced } = this;
    const none = unplaced.length === this.items.length;
    // Asked once, before the first check: later the rows themselves say that they are empty.
    if (none || (unplaced.length && !this.asked && !this.checks)) {
      this.asked = true;
      this.ask(none ? t("sort.nothing") : t("sort.unplaced", { count: unplaced.length }));
      unplaced[0]?.select.focus();
      return;
    }
    this.ask("");
    this.checks = Math.min(this.checks + 1, 99);
    this.changed = false;
    this.show();
    this.one(".verdict").focus();
    const score = this.found / this.items.length;
    const scored = this.data.scored === true;
    const response = this.items
      .filter(({ select }) => select.value)
      .map(({ id, select }): [string, string] => [id, select.value]);
    this.respond({
      state: this.state,
      done: true,
      ...(scored ? { score } : {}),
      answers: [{ key: "", response, result: !scored ? "neutral" : score === 1 ? "correct" : "incorrect" }],
    });
  }

  private get found(): number {
    return this.items.filter((item) => this.isRight(item)).length;
  }

  private titleOf({ select }: Item, group: string): string {
    return [...select.options].find((option) => option.value === group)?.text ?? group;
  }

  private count(): void {
    for (const group of this.all("[data-group]")) {
      const count = this.items.filter(({ select }) => select.value === group.dataset.group).length;
      this.one("[data-count]", group).textContent = String(count);
    }
  }

  private ask(text: string): void {
    put(this.one("[data-ask]"), text);
  }

  private hide(): void {
    for (const item of this.items) this.mark(item, "");
    this.one(".verdict").hidden = true;
    if (this.checks) this.one("button[data-answer]").textContent = t("answer.check-again");
  }

  private show(): void {
    for (const item of this.items) this.mark(item, this.wordOn(item));
    const all = this.items.length;
    const { found } = this;
    if (found === all) this.judge("right", t("answer.right"));
    else this.judge("not-yet", `${t("sort.some", { found, all })} ${t("sort.again")}`);
    this.one("[data-again]").hidden = found === all;
  }

  private wordOn(item: Item): string {
    const { select, said } = item;
    const others = this.right(item.id).filter((group) => group !== select.value);
    const groups = others.map((group) => this.titleOf(item, group)).join(t("list.between"));
    if (this.isRight(item)) return others.length ? t("sort.right-also", { groups }) : t("sort.right");
    const why = said.dataset.why ?? "";
    const fits = this.checks >= TELLING ? t("sort.fits", { groups }) : "";
    const word = t(select.value ? "sort.wrong" : "sort.not-placed");
    return [word, select.value ? why : "", fits || (why || !select.value ? "" : t("sort.try"))]
      .filter(Boolean)
      .join(" ");
  }

  private mark(item: Item, word: string): void {
    put(item.said, word);
    const right = this.isRight(item);
    item.row.classList.toggle("is-right", Boolean(word) && right);
    item.row.classList.toggle("is-wrong", Boolean(word) && !right);
  }
}

define("sort", Sort);
