/**
 * Stored state as one ASCII word that survives every LMS: no quotes, backslashes, `<`, `&` or line breaks (Chamilo
 * prints it into a script). Version, packing, checksum, then base64url: `1z` deflated, `1p` plain, whichever is shorter.
 */

import { deflateSync, inflateSync } from "fflate";
import type { Json } from "./unit";

const VERSION = "1";
const CHECKSUM_LENGTH = 7;
const HEADER_LENGTH = VERSION.length + 1 + CHECKSUM_LENGTH;
/** More than any state can hold: what inflates beyond it is no state of ours. */
const LARGEST = 1_000_000;

export function encode(state: Json): string {
  const plain = new TextEncoder().encode(JSON.stringify(state));
  const packed = deflateSync(plain, { level: 9 });
  const [mark, bytes] = packed.length < plain.length ? ["z", packed] : ["p", plain];
  return VERSION + mark + checksum(bytes) + toBase64Url(bytes);
}

/** The state, or undefined where the word is empty, cut, altered, or of a later version. */
export function decode(word: string): Json | undefined {
  const mark = word[1];
  if (word[0] !== VERSION || (mark !== "z" && mark !== "p")) return undefined;
  try {
    const bytes = fromBase64Url(word.slice(HEADER_LENGTH));
    if (checksum(bytes) !== word.slice(VERSION.length + 1, HEADER_LENGTH)) return undefined;
    const plain = mark === "z" ? inflateSync(bytes) : bytes;
    return plain.length > LARGEST ? undefined : (JSON.parse(new TextDecoder().decode(plain)) as Json);
  } catch {
    return undefined;
  }
}

/** FNV-1a, 32 bits, in base 36: finds cuts and slips; it is no protection against intent. */
function checksum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36).padStart(CHECKSUM_LENGTH, "0");
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64Url(word: string): Uint8Array {
  const text = atob(word.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
