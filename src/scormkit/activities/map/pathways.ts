/** The first stage: a list of pathways. The list is the thing; the picture beside it is drawn from it. */

import {
  cleaned,
  fail,
  type Json,
  lengthSent,
  member,
  Recorded,
  shedOf,
  TextField,
  t,
  textsOf,
} from "scormkit-runtime";
import { picture } from "./picture";
import { find, type Stage, type Surroundings } from "./stage";

type Tool = "rename" | "up" | "down" | "remove";

export class Pathways implements Stage {
  private labels: string[] = [];
  /** The index of the entry that is being renamed. */
  private renaming = -1;
  private shed = false;
  private readonly recorded = new Recorded();
  private readonly centre: TextField;
  private readonly added: TextField;
  private readonly list: HTMLElement;

  constructor(private readonly around: Surroundings) {
    const { root } = around;
    this.list = find("[data-list]", root);
    this.centre = new TextField(
      find<HTMLInputElement>("input[id$='_centre']", root),
      () => {
        fail(this.centre.input, this.tooLong(this.centre.input.value));
        this.draw();
        this.respond(true);
      },
      () => this.respond(),
    );
    this.added = new TextField(
      find<HTMLInputElement>("input[id$='_new']", root),
      () => fail(this.added.input, this.tooLong(this.added.input.value)),
      () => undefined,
    );
    find("[data-add]", root).addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    for (const button of root.querySelectorAll<HTMLElement>("[data-suggestion]")) {
      button.addEventListener("click", () => this.take(button.dataset.suggestion ?? ""));
    }
    find("[data-picture]", root).addEventListener("click", (event) => this.goTo(event));
    this.show();
  }

  restore(state: Json): void {
    const { input } = this.centre;
    const centre = member(state, "centre");
    this.centre.text = typeof centre === "string" && centre ? centre : input.defaultValue;
    this.labels = (textsOf(state)[""] ?? "").split("\n").filter(Boolean);
    this.shed = !this.labels.length && shedOf(state).includes("");
    this.renaming = -1;
    if (this.labels.length) for (const key of ["", "count"]) this.recorded.forget(key);
    this.show();
  }

  settle(): void {
    this.respond();
  }

  private limitOf(name: "atLeast" | "atMost"): number {
    return Number(this.around.data[name] ?? 0);
  }

  private respond(draft = false): void {
    const { labels } = this;
    this.around.respond({
      state: {
        centre: this.centre.text,
        texts: labels.length ? { "": labels.join("\n") } : {},
        ...(this.shed ? { shed: [""] } : {}),
      },
      done: labels.length > 0 && labels.length >= this.limitOf("atLeast"),
      answers:
        draft || this.shed
          ? []
          : [...this.recorded.changed("", labels.join("\n"), ""), ...this.recorded.changed("count", labels.length, 0)],
      ...(draft ? { draft: true } : {}),
    });
  }

  private add(): void {
    const label = onOneLine(this.added.text);
    const error = label ? this.refusal(label) : t("map.empty");
    fail(this.added.input, error);
    this.added.input.focus();
    if (error) return;
    this.added.text = "";
    this.insert(label);
  }

  private take(label: string): void {
    const error = this.refusal(label);
    fail(this.added.input, "");
    if (error) this.around.announce(error);
    else this.insert(label);
  }

  private insert(label: string): void {
    this.labels.push(label);
    this.change(t("map.added", { label }), true);
  }

  private rename(index: number, name: string): string {
    const label = onOneLine(name);
    const error = label ? this.refusal(label, index) : t("map.empty");
    if (error) return error;
    const before = this.labels[index];
    this.labels[index] = label;
    this.renaming = -1;
    if (label === before) this.show();
    else this.change(t("map.renamed", { label }));
    this.focusTool(index, "rename");
    return "";
  }

  private move(index: number, by: -1 | 1): void {
    const label = this.labels[index] ?? "";
    const other = this.labels[index + by];
    if (other === undefined) {
      this.around.announce(t(by < 0 ? "map.first" : "map.last", { label }));
      return;
    }
    this.labels[index] = other;
    this.labels[index + by] = label;
    this.change(t("map.moved", { label, place: index + by + 1, all: this.labels.length }));
    this.focusTool(index + by, by < 0 ? "up" : "down");
  }

  private remove(index: number): void {
    const [label = ""] = this.labels.splice(index, 1);
    this.change(t("map.removed", { label }), true);
    if (this.labels.length) this.focusTool(Math.min(index, this.labels.length - 1), "remove");
    else this.added.input.focus();
  }

  private change(announcement: string, counted = false): void {
    this.shed = false;
    this.renaming = -1;
    this.show();
    this.respond();
    const count = this.labels.length;
    this.around.announce(counted ? `${announcement} ${t("map.count", { count })}` : announcement);
  }

  /** Why a label cannot stand on the map, or "". */
  private refusal(label: string, index = -1): string {
    const same = this.labels.some((other, at) => at !== index && other.toLowerCase() === label.toLowerCase());
    if (same) return t("map.twice", { label });
    const count = this.limitOf("atMost");
    if (index < 0 && this.labels.length >= count) return t("map.full", { count });
    return this.tooLong(label);
  }

  private tooLong(label: string): string {
    const count = lengthSent(label) - this.added.limit;
    return count > 0 ? t("text.too-long", { count }) : "";
  }

  private show(): void {
    const { root } = this.around;
    const count = this.labels.length;
    const more = this.limitOf("atLeast") - count;
    find("[data-count]", root).textContent = [
      count ? t("map.count", { count }) : "",
      more > 0 && !this.shed ? t("map.more", { count: more }) : "",
    ].join(" ");
    find("[data-shed]", root).hidden = !this.shed;
    for (const button of root.querySelectorAll<HTMLElement>("[data-suggestion]")) {
      const taken = this.labels.some((label) => label.toLowerCase() === button.dataset.suggestion?.toLowerCase());
      button.setAttribute("aria-disabled", String(taken));
    }
    this.list.hidden = !count;
    this.list.replaceChildren(...this.labels.map((label, index) => this.entry(label, index)));
    this.draw();
  }

  private entry(label: string, index: number): HTMLElement {
    const row = document.createElement("li");
    if (index === this.renaming) {
      row.append(this.nameField(label, index));
      return row;
    }
    const name = document.createElement("span");
    name.className = "entry-text";
    name.textContent = label;
    name.dir = "auto";
    const tools = document.createElement("span");
    tools.className = "map-tools";
    const last = this.labels.length - 1;
    tools.append(
      this.tool("rename", t("map.rename"), t("map.rename-entry", { label }), () => this.startRenaming(index)),
      this.tool("up", t("map.up"), t("map.up-entry", { label }), () => this.move(index, -1), index === 0),
      this.tool("down", t("map.down"), t("map.down-entry", { label }), () => this.move(index, 1), index === last),
      this.tool("remove", t("map.remove"), t("map.remove-entry", { label }), () => this.remove(index)),
    );
    row.append(name, " ", tools);
    return row;
  }

  private tool(name: Tool, text: string, label: string, press: () => void, idle = false): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.dataset.edit = "";
    button.dataset.tool = name;
    button.textContent = text;
    button.setAttribute("aria-label", label);
    // At the end of the list the button stays where the focus is, and says why nothing happens.
    if (idle) button.setAttribute("aria-disabled", "true");
    button.addEventListener("click", press);
    return button;
  }

  private startRenaming(index: number): void {
    this.renaming = index;
    this.show();
    const input = find<HTMLInputElement>("input", this.list);
    input.focus();
    input.select();
  }

  private nameField(label: string, index: number): HTMLElement {
    const form = document.createElement("form");
    form.noValidate = true;
    form.className = "field";
    const input = document.createElement("input");
    input.type = "text";
    input.dir = "auto";
    input.id = this.added.input.id.replace(/_new$/, "_name");
    input.value = label;
    input.autocomplete = "off";
    input.setAttribute("aria-label", t("map.new-name", { label }));
    input.setAttribute("aria-describedby", `${input.id}-error`);
    const error = document.createElement("p");
    error.className = "error";
    error.id = `${input.id}-error`;
    error.hidden = true;
    const done = document.createElement("button");
    done.dataset.edit = "";
    done.textContent = t("list.done");
    const keep = (): void => {
      this.renaming = -1;
      this.show();
      this.focusTool(index, "rename");
    };
    const line = document.createElement("div");
    line.className = "map-line";
    line.append(input, done, this.tool("rename", t("map.cancel"), t("map.cancel"), keep));
    form.append(error, line);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const refused = this.rename(index, cleaned(input.value));
      if (!refused) return;
      fail(input, refused);
      input.focus();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") keep();
    });
    return form;
  }

  private focusTool(index: number, tool: Tool): void {
    this.list.children[index]?.querySelector<HTMLElement>(`[data-tool="${tool}"]`)?.focus();
  }

  private draw(): void {
    const centre = this.centre.text || this.centre.input.defaultValue;
    const labels = this.labels.join(", ");
    const alternative = labels ? t("map.picture", { centre, labels }) : t("map.picture-empty", { centre });
    find("[data-picture]", this.around.root).replaceChildren(picture(centre, this.labels, alternative));
  }

  /** A tap on a pathway of the picture goes to its entry in the list. */
  private goTo(event: Event): void {
    const node = event.target instanceof Element ? event.target.closest("[data-node]") : null;
    if (node && this.renaming < 0) this.focusTool(Number(node.getAttribute("data-node")), "rename");
  }
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
