/** What search compares: words without case, accents or width. */

/** The most words kept for one row: each is an index entry. */
const MAX_WORDS = 48;
const MAX_WORD_LENGTH = 64;
const NO_WORD = /[^\p{L}\p{N}]+/u;

/** Lower case, compatibility-decomposed, without marks: "Überblick" and "uberblick" are one. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}

/** The folded words of a text, in its order. */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(NO_WORD)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, MAX_WORD_LENGTH));
}

/** A tag as it is indexed: found as a whole by `tag:`. */
export function tagWord(tag: string): string {
  return `tag:${fold(tag)}`;
}

/** True for a search term that is looked up as an id, whole, and not word by word. */
export function looksLikeId(term: string): boolean {
  return /^(job|run)-[0-9a-f]/u.test(term);
}

/** The index entries of a job: its id, the first block of it, its tags, and the words of `texts`. */
export function indexWords(id: string, tags: readonly string[], texts: readonly string[]): string[] {
  const wholeId = id.toLowerCase();
  const words = [
    wholeId,
    wholeId.slice(4, 12),
    ...tags.map(tagWord),
    ...tags.flatMap(wordsOf),
    ...texts.flatMap(wordsOf),
  ];
  return [...new Set(words)].slice(0, MAX_WORDS);
}
