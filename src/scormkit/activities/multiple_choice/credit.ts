/** Right ones found less wrong ones chosen, as a share of the right ones, never below 0. */
export function credit(chosen: readonly string[], correct: readonly string[]): number {
  const found = chosen.filter((id) => correct.includes(id)).length;
  return correct.length ? Math.max(0, (2 * found - chosen.length) / correct.length) : 0;
}
