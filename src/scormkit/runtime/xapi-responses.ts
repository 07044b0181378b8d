/** A response in the syntax of xAPI 1.0.3, Data 2.4.4.1 and appendix C. */

import { separatorFree } from "scormkit-runtime";
import type { Response } from "./unit";
import type { XapiInteraction } from "./xapi-unit";

/** Every type but text is finished here; text is kept as it was typed, for the hash and for the statement's id. */
export function responseText(response: Response): string {
  if (!Array.isArray(response))
    return typeof response === "number" ? String(Number(response.toFixed(7))) : String(response);
  return response.map((part) => (typeof part === "string" ? part : part.join("[.]"))).join("[,]");
}

/** What stands in `result.response`. */
export function plainResponse({ type }: XapiInteraction, text: string): string {
  return type === "fill-in" || type === "long-fill-in" ? separatorFree(text) : text;
}
