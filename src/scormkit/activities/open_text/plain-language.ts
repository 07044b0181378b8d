/** How plain a text is, by what can be counted in any language: words of a sentence, letters of a word, words of a list. */

/** From so many letters on, a word is long. */
const LONG = 13;
/** So many words of a long sentence tell which one it is. */
const BEGINNING = 4;

export interface Plainness {
  words: number;
  sentences: number;
  /** Words of the longest sentence. */
  longest: number;
  /** How many sentences have too many words. */
  tooLong: number;
  /** How the longest sentence begins. */
  beginning: string;
  longWords: string[];
  /** Words of the author's list that stand in the text, as the author wrote them. */
  avoided: string[];
}

/** What can be said of a text; undefined where the browser cannot tell words apart. */
export function plainness(text: string, language: string, most: number, avoid: string[]): Plainness | undefined {
  if (!("Segmenter" in Intl)) return undefined;
  const wordsIn = (part: string) =>
    [...new Intl.Segmenter(language, { granularity: "word" }).segment(part)]
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment }) => segment);
  const flat = (part: string) => ` ${wordsIn(part).join(" ").toLocaleLowerCase(language)} `;
  const sentences = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)]
    .map(({ segment }) => wordsIn(segment))
    .filter(({ length }) => length)
    .sort((a, b) => b.length - a.length);
  const words = sentences.flat();
  return {
    words: words.length,
    sentences: sentences.length,
    longest: sentences[0]?.length ?? 0,
    tooLong: sentences.filter(({ length }) => length > most).length,
    beginning: sentences[0]?.slice(0, BEGINNING).join(" ") ?? "",
    longWords: [...new Set(words.filter((word) => [...word].length >= LONG))],
    avoided: avoid.filter((word) => flat(text).includes(flat(word))),
  };
}
