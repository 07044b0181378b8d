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

/** The same for what a learner wrote: it runs in its own direction, whatever the page's. */
export function quoted(name: string, words: string, className = ""): HTMLElement {
  const element = made(name, words, className);
  element.dir = "auto";
  return element;
}

/** Shows a text at its place, or hides the place where the text is empty. */
export function put(place: HTMLElement, text: string): void {
  place.textContent = text;
  place.hidden = !text;
}

/** Sets an ARIA attribute to "true", or takes it away. */
export function mark(element: Element, attribute: string, on: boolean): void {
  if (on) element.setAttribute(attribute, "true");
  else element.removeAttribute(attribute);
}

/** Shows an error at its field, or takes it away where the text is empty. */
export function fail(field: HTMLElement, text: string): void {
  const error = document.getElementById(`${field.id}-error`);
  if (error) put(error, text);
  mark(field, "aria-invalid", text !== "");
}

/** Calls `act` when a form is sent off, by its button or by Enter. */
export function whenSent(form: HTMLElement, act: () => void): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}

/** Says something in the page's polite live region. */
export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  // A live region speaks on change: the same words twice need an empty moment between.
  window.setTimeout(() => (region.textContent = text), 50);
}
