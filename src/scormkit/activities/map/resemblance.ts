/** Which of some titles is most like a label that a learner wrote: "Phone calls" is like "Telephone". */

const SHORTEST = 4;

/** The index of the title that resembles the label most; 0 where none does. */
export function mostLike(label: string, titles: string[]): number {
  let best = 0;
  let most = 0;
  titles.forEach((title, index) => {
    const likeness = likenessOf(label, title);
    if (likeness > most) [best, most] = [index, likeness];
  });
  return best;
}

function likenessOf(label: string, title: string): number {
  const [one, two] = [letters(label), letters(title)];
  if (one.join("") === two.join("")) return 3;
  if (contains(one.join(""), two.join(""))) return 2;
  return one.some((word) => two.some((other) => contains(word, other))) ? 1 : 0;
}

function letters(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function contains(one: string, two: string): boolean {
  return (two.length >= SHORTEST && one.includes(two)) || (one.length >= SHORTEST && two.includes(one));
}
