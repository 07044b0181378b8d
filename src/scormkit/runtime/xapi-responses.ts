/** A response in the syntax of xAPI 1.0.3, Data 2.4.4.1 and appendix C. */

import type { InteractionType, Response } from "./unit";

/** Text stays as it was typed. */
export function responseText(response: Response): string {
  if (typeof response === "number") return String(Number(response.toFixed(7)));
  if (!Array.isArray(response)) return String(response);
  return response.map((part) => (typeof part === "string" ? part : part.join("[.]"))).join("[,]");
}

/**
 * The type under which a response can stand. Nothing escapes a separator or a brace at the start: a text that holds
 * one is of the type "other", which takes any text.
 */
export function typeOf(type: InteractionType, response: string): InteractionType {
  const isText = type === "fill-in" || type === "long-fill-in";
  return isText && /\[[,.:]\]|^\{/.test(response) ? "other" : type;
}
