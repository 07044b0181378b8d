/** What can be measured of WCAG 2.2 on the page as it stands; each measure gives what breaks it, in words. */

const CONTROLS =
  "a[href], button, input:not([type=hidden]), select, textarea, summary, label.hotspot, .map-pathway, [role=button], [tabindex='0']";
const SPACING = `
  * { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`;
/** CSS pixels that browsers round away. */
const ROUNDED = 1;

const every = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
const named = (element: Element): string => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);

/** Whether it is there to be seen; what is only spoken is not. */
function isSeen(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  return !element.closest(".visually-hidden, [hidden]") && getComputedStyle(element).clipPath === "none";
}

/** Whether it may lie under the open list of steps; it is looked at when that is closed. */
function isUnderList(element: Element): boolean {
  return document.querySelector(".steps-button[aria-expanded=true]") !== null && !element.closest(".bar");
}

/** The lines of text that are seen, each with the element that it stands in. */
function lines(): [DOMRect, HTMLElement][] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const found: [DOMRect, HTMLElement][] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.parentElement;
    if (!place || !node.textContent?.trim() || !isSeen(place) || place.closest("select, .skip, script, style"))
      continue;
    range.selectNodeContents(node);
    const windows = scrollers(place).map((one) => one.getBoundingClientRect());
    for (const box of range.getClientRects()) {
      const isScrolledAway = windows.some(({ top, bottom }) => box.bottom <= top + 4 || box.top >= bottom - 4);
      if (box.width > 1 && !isScrolledAway) found.push([box, place]);
    }
  }
  return found;
}

/** The boxes around an element in which it can be scrolled. */
function scrollers(element: Element): Element[] {
  const around = element.parentElement;
  if (!around || around === document.body) return [];
  const scrolls = /auto|scroll/.test(getComputedStyle(around).overflowY);
  return [...(scrolls ? [around] : []), ...scrollers(around)];
}

/** Words that end where something cuts them off, on one another, or outside of their control (1.4.12). */
export function cut(): string[] {
  const found = new Set<string>();
  for (const element of every("body *").filter(isSeen)) {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (element.matches("input, select") || element.localName === "svg") continue;
    const wide = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + ROUNDED;
    const high = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + ROUNDED;
    if (wide || high) found.add(`cut: ${named(element)}`);
  }
  const texts = lines();
  for (const [box, place] of texts) {
    const control = place.closest("button, .chip, label.hotspot, .bubble, .card");
    const around = control?.getBoundingClientRect();
    if (
      around &&
      (box.left < around.left - ROUNDED || box.right > around.right + ROUNDED || box.bottom > around.bottom + 2)
    )
      found.add(`spills: ${named(place)}`);
  }
  texts.forEach(([one, place], index) => {
    for (const [other, elsewhere] of texts.slice(index + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 2 && down > 4 && place !== elsewhere && !isApart(place, elsewhere))
        found.add(`overlap: ${named(place)} and ${named(elsewhere)}`);
    }
  });
  return [...found];
}

/**
 * Whether two may lie on one another: one in the bar, under which the other is scrolled; and names in the picture of a
 * map where a reader spaces letters, since the list beside it says all of them.
 */
function isApart(one: Element, other: Element): boolean {
  if (document.adoptedStyleSheets.length && one.closest("svg") && other.closest("svg")) return true;
  return (one.closest(".bar") === null) !== (other.closest(".bar") === null);
}

/** What reaches beyond the window's sides, or has to be scrolled sideways (1.4.10). */
export function wide(): string[] {
  const found = new Set<string>();
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.add(`the page scrolls: ${scrollWidth} in ${clientWidth}`);
  for (const element of every("body *").filter(isSeen)) {
    const box = element.getBoundingClientRect();
    const beyond = box.left < -ROUNDED || box.right > clientWidth + ROUNDED;
    if (box.width && beyond && !element.closest(".skip")) found.add(`beyond: ${named(element)}`);
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (scrolls && element.localName !== "textarea" && element.scrollWidth > element.clientWidth + ROUNDED)
      found.add(`scrolls sideways: ${named(element)}`);
  }
  return [...found];
}

/** How many controls are seen within the window's sides. */
export function controls(): number {
  return every(CONTROLS).filter((one) => isSeen(one) && one.getBoundingClientRect().right > 0).length;
}

/** Sets text as wide as readers may (1.4.12). */
export function space(on: boolean): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SPACING);
  document.adoptedStyleSheets = on ? [sheet] : [];
}

/** Where a pointer can press: the control itself, and its label. */
function targetOf(control: HTMLElement): DOMRect {
  const labels = control.matches("[type=radio], [type=checkbox]") ? ((control as HTMLInputElement).labels ?? []) : [];
  const boxes = [control, ...labels].filter(isSeen).map((one) => one.getBoundingClientRect());
  return boxes.sort((a, b) => Math.min(b.width, b.height) - Math.min(a.width, a.height))[0] ?? new DOMRect();
}

/** Targets below 24 by 24 pixels that no exception of 2.5.8 covers. */
export function small(): string[] {
  const targets = every(CONTROLS)
    .filter((one) => isSeen(one) && !one.closest(".skip") && !isUnderList(one))
    .map((one) => ({ one, box: targetOf(one) }));
  const isSmall = ({ box }: { box: DOMRect }) => box.width < 24 || box.height < 24;
  const tight = targets.filter((target) => isSmall(target) && !isInSentence(target.one));
  return tight
    .filter((target) => {
      const [x, y] = centre(target.box);
      return targets.some((other) => {
        if (other === target || other.one.contains(target.one) || target.one.contains(other.one)) return false;
        if (isSmall(other)) return Math.hypot(x - centre(other.box)[0], y - centre(other.box)[1]) < 24;
        const { left, right, top, bottom } = other.box;
        return Math.hypot(x - Math.min(Math.max(x, left), right), y - Math.min(Math.max(y, top), bottom)) < 12;
      });
    })
    .map(({ one, box }) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${named(one)}`);
}

function centre({ left, top, width, height }: DOMRect): [number, number] {
  return [left + width / 2, top + height / 2];
}

/** Whether a link stands in a line of other words. */
function isInSentence(control: HTMLElement): boolean {
  if (getComputedStyle(control).display !== "inline") return false;
  const line = control.closest("p, li, dd, td, div");
  return (line?.textContent ?? "").trim().length > (control.textContent ?? "").trim().length;
}

const unfocused = new Map<Element, string>();

function looks(element: Element): string {
  const around = [element, element.closest("label")].filter((one): one is Element => one !== null);
  return around
    .map((one) => {
      const { outlineColor, outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return outlineStyle !== "none" && outlineWidth !== "0px" ? outlineColor + outlineWidth : boxShadow;
    })
    .join();
}

/** Remembers how everything looks that can take the focus, before it has it. */
export function remember(): void {
  (document.activeElement as HTMLElement | null)?.blur();
  unfocused.clear();
  for (const element of every(CONTROLS)) unfocused.set(element, looks(element));
}

/** What is wrong with how the focus is shown (2.4.7, 2.4.11); null where nothing of the page has it. */
export function focus(): { at: string; wrong: string } | null {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const label = element.closest("label");
  const box = element.getBoundingClientRect();
  const inset = (length: number) => Math.min(3, length / 2);
  const { left, right, top, bottom } = box;
  const [x, y] = [inset(box.width), inset(box.height)];
  const points = [
    centre(box),
    [left + x, top + y],
    [right - x, top + y],
    [left + x, bottom - y],
    [right - x, bottom - y],
  ] as const;
  const isShown = points.some(([across, down]) => {
    const hit = document.elementFromPoint(across, down);
    return hit !== null && (element.contains(hit) || label?.contains(hit));
  });
  const wrong = isShown ? "" : "covered: ";
  const isMarked = looks(element) !== unfocused.get(element);
  const all = wrong + (isMarked ? "" : "no mark of the focus: ");
  return { at: String([...document.querySelectorAll("*")].indexOf(element)), wrong: all && all + named(element) };
}

/** In forced colours: controls that have neither a border nor an underline nor a sign (1.4.11). */
export function unbounded(): string[] {
  return every("button, input[type=text], input[type=date], select, textarea")
    .filter((one) => isSeen(one) && one.getAttribute("aria-disabled") !== "true")
    .filter((one) => {
      const { borderBlockEndStyle, borderBlockEndWidth, textDecorationLine } = getComputedStyle(one);
      const bordered = borderBlockEndStyle !== "none" && borderBlockEndWidth !== "0px";
      const sign = ["::before", "::after"].some((part) => /["“]/.test(getComputedStyle(one, part).content));
      return !bordered && textDecorationLine !== "underline" && !sign;
    })
    .map(named);
}

type Turn = (element: HTMLElement, on: boolean) => void;

function turnsAttribute(name: string, value: string): Turn {
  return (element, on) => (on ? element.setAttribute(name, value) : element.removeAttribute(name));
}

const hides: Turn = (element, on) => {
  element.style.visibility = on ? "" : "hidden"; // not its opacity: that makes a layer, whose edges are drawn anew
};
/** States, and parts that say something by their look alone; each with how it is taken away and given back. */
const STATES: Record<string, Turn> = {
  "input:checked": (element, on) => {
    if (element instanceof HTMLInputElement) element.checked = on;
  },
  "button:disabled, input:disabled": turnsAttribute("disabled", ""),
  "[aria-current=step]": turnsAttribute("aria-current", "step"),
  "[aria-expanded=true]": turnsAttribute("aria-expanded", "true"),
  "[aria-disabled=true]": turnsAttribute("aria-disabled", "true"),
  "[aria-invalid=true]": turnsAttribute("aria-invalid", "true"),
  "[data-verdict=right]": turnsAttribute("data-verdict", "right"),
  "[data-verdict=not-yet]": turnsAttribute("data-verdict", "not-yet"),
  ".is-on": (element, on) => element.classList.toggle("is-on", on),
  ":is(a, li, .unit-standing).is-done:not([aria-current])": (element, on) => element.classList.toggle("is-done", on),
  ".is-right:has(> .feedback:not([hidden]))": (element, on) => element.classList.toggle("is-right", on),
  ".is-wrong:has(> .feedback:not([hidden]))": (element, on) => element.classList.toggle("is-wrong", on),
  progress: hides,
  ".mark": hides,
  ".points-bar": hides,
  ".map-centre": hides,
  ".map-line-in": hides,
  ".hotspot": hides,
  ".hotspot-number": hides,
};

/** The states that are seen now, by their selectors. */
export function states(): string[] {
  return Object.keys(STATES).filter((selector) => inState(selector));
}

/** The first element that is seen in a state. */
export function inState(selector: string): HTMLElement | undefined {
  return every(selector).find((one) => isSeen(one) && one.getBoundingClientRect().width > 0 && !isUnderList(one));
}

/** Pixels around an element that its state may reach. */
const AROUND = 24;

/** Takes a state away from an element, or gives it back; what is seen of the element and around it, on the page. */
export function turned(element: HTMLElement, selector: string, on: boolean): Record<string, number> {
  STATES[selector]?.(element, on);
  const box = element.getBoundingClientRect();
  const [left, top] = [Math.max(0, box.left - AROUND), Math.max(0, box.top - AROUND)];
  const [right, bottom] = [Math.min(innerWidth, box.right + AROUND), Math.min(innerHeight, box.bottom + AROUND)];
  return { x: left + scrollX, y: top + scrollY, width: right - left, height: bottom - top };
}

/**
 * How many pixels of pictures (PNG, base64) clearly differ: of each with the state from each without it, and of those
 * of the same sight from one another.
 */
export async function differences(on: string[], off: string[]): Promise<[told: number[], moved: number[]]> {
  const [withIt, without] = await Promise.all([on, off].map((pictures) => Promise.all(pictures.map(pixels))));
  if (!withIt || !without) throw new Error("two sights are compared");
  const told = withIt.flatMap((one) => without.map((other) => difference(one, other)));
  const moved = [withIt, without].flatMap((all) => all.slice(1).map((one) => difference(one, all[0] ?? one)));
  return [told, moved];
}

/** What a renderer smooths otherwise is no difference. */
function difference(before: Uint8ClampedArray, after: Uint8ClampedArray): number {
  const differing = new Set<number>();
  before.forEach((value, index) => {
    if (Math.abs(value - (after[index] ?? 0)) > 96) differing.add(index >> 2);
  });
  return differing.size;
}

async function pixels(png: string): Promise<Uint8ClampedArray> {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  drawing?.drawImage(bitmap, 0, 0);
  return drawing?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
}
