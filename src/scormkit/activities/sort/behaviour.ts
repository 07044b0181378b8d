/** Each item has a list of groups to choose from. Check, see what fits and what does not, try again. */

import { define, member, Selects, strings, t } from "scormkit-runtime";

/** From this check on the page says where a misplaced item fits. */
const TELLING = 2;

type Row = Selects["rows"][number];

class Sort extends Selects {
  /** The learner was asked about items without a group since the last move. */
  private asked = false;

  protected override ready(): void {
    super.ready();
    this.one("[data-first]").addEventListener("click", () => {
      this.rows.find((row) => !this.fits(row))?.select.focus();
    });
    this.refresh();
  }

  protected rights(): boolean[] {
    return this.rows.map((row) => this.fits(row));
  }

  protected missing(): [HTMLElement, string] | undefined {
    const { open } = this;
    const none = open.length === this.rows.length;
    // Asked once, before the first check: later the rows themselves say that they are empty.
    if (!open[0] || (!none && (this.asked || this.checks))) return undefined;
    this.asked = true;
    return [open[0].select, none ? t("sort.nothing") : t("sort.unplaced", { count: open.length })];
  }

  protected override touched(target: HTMLElement): void {
    this.asked = false;
    super.touched(target);
    const moved = this.rows.find(({ select }) => select === target);
    if (!moved) return;
    const { value } = moved.select;
    const count = this.rows.filter(({ select }) => select.value === value).length;
    this.announce(value ? t("sort.placed", { group: titleOf(moved, value), count }) : t("sort.taken-out"));
  }

  protected override show(): void {
    const rights = this.rights();
    const found = rights.filter(Boolean).length;
    const again = this.activity.attempts ? "" : ` ${t("sort.again")}`;
    super.show(t("sort.some", { found, all: rights.length }) + again);
    for (const row of this.rows) this.mark(row.said, this.wordOn(row), this.fits(row));
    this.one("[data-open]").hidden = found === rights.length || this.isSilent || this.isOver;
  }

  protected override refresh(): void {
    for (const group of this.all("[data-group]")) {
      const count = this.rows.filter(({ select }) => select.value === group.dataset.group).length;
      this.one("[data-count]", group).textContent = String(count);
    }
  }

  private right(id: string): string[] {
    return strings(member(this.data.right, id));
  }

  private fits({ id, select }: Row): boolean {
    return this.right(id).includes(select.value);
  }

  private wordOn(row: Row): string {
    const { select, said } = row;
    const others = this.right(row.id).filter((group) => group !== select.value);
    const groups = others.map((group) => titleOf(row, group)).join(t("list.between"));
    if (this.fits(row)) return others.length ? t("sort.right-also", { groups }) : t("sort.right");
    const why = said.dataset.why ?? "";
    const telling = this.isOver || (typeof this.activity.attempts !== "number" && this.checks >= TELLING);
    const fits = telling ? t("sort.fits", { groups }) : "";
    const word = t(select.value ? "sort.wrong" : "sort.not-placed");
    return [word, select.value ? why : "", fits || (why || !select.value ? "" : t("sort.try"))]
      .filter(Boolean)
      .join(" ");
  }
}

function titleOf({ select }: Row, group: string): string {
  return [...select.options].find((option) => option.value === group)?.text ?? group;
}

define("sort", Sort);
