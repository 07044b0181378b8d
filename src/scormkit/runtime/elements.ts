/** Finding and making elements of the page, and speaking to those who do not see it. */

export function all(selector: string, within: ParentNode = document): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(selector)];
}

/** An element with words in it; they are text, never markup. */
export function made(name: string, words = "", className = ""): HTMLElement {
  const element = document.createElement(name);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

/** Says something in the page's polite live region. */
export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  // A live region speaks on change: the same words twice need an empty moment between.
  window.setTimeout(() => (region.textContent = text), 50);
}
