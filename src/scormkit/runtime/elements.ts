/** Finding and making elements of the page. */

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
