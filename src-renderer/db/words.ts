/** What search compares: words without case, accents or width. */

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
