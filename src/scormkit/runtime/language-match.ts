/** Which of the languages that there are suits somebody best (RFC 4647, 3.4: lookup). */

/**
 * The best of `tags` for `wishes`: ranges by commas, in order of preference or with weights as in Accept-Language.
 * Undefined where none suits. Where a range finds nothing it takes another variety of its language: who asks for German
 * reads the German of Austria sooner than English.
 */
export function bestOf(wishes: string, tags: readonly string[]): string | undefined {
  for (const range of inOrder(wishes)) {
    for (let part = range; part; part = shorter(part)) {
      const found = tags.find((tag) => tag.toLowerCase() === part);
      if (found) return found;
    }
    const primary = range.replace(/-.*/, "");
    const relative = tags.find((tag) => tag.toLowerCase().startsWith(`${primary}-`));
    if (relative) return relative;
  }
  return undefined;
}

function inOrder(wishes: string): string[] {
  return wishes
    .split(",")
    .map((wish) => {
      const [range = "", ...more] = wish.toLowerCase().replace(/_/g, "-").split(";");
      const weight = /q=([\d.]+)/.exec(more.join());
      return { range: range.trim(), weight: weight ? Number(weight[1]) : 1 };
    })
    .filter(({ range, weight }) => range && range !== "*" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

/** Without its last part; a single letter only introduces what follows, so it goes along. */
function shorter(range: string): string {
  return range.replace(/(^|-)[^-]*$/, "").replace(/-[a-z0-9]$/, "");
}
