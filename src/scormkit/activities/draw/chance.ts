/** Chance that is the same again for the same learner: whoever lost what was saved first draws the same once more. */

/** A number of 32 bits that says nothing of the text that it comes from. */
function dealt(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // The last letters must change the first bits too, because those decide the order.
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) hash = Math.imul(hash ^ (hash >>> 15), factor);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The ids in an order of the seed's: each has a place of its own in it, so that a new one leaves the others' alone. */
export function dealtOut(ids: readonly string[], seed: string): string[] {
  const place = new Map(ids.map((id) => [id, dealt(`${seed} ${id}`)]));
  return [...ids].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || (a < b ? -1 : 1));
}

/**
 * So many of a bank: those that were drawn before and still exist, then others as the seed has them. In the bank's
 * order.
 */
export function drawn(bank: readonly string[], count: number, seed: string, before: readonly string[]): string[] {
  const kept = before.filter((id) => bank.includes(id)).slice(0, count);
  const others = dealtOut(bank, seed).filter((id) => !kept.includes(id));
  const all = [...kept, ...others.slice(0, count - kept.length)];
  return bank.filter((id) => all.includes(id));
}
