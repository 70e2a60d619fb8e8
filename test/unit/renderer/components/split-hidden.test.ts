import { expect, it } from 'vitest';
import { splitHidden } from '../../../../src-renderer/components/exact-text/split-hidden.ts';

const shown = (text: string) =>
  splitHidden(text)
    .map((piece) => (piece.isHidden ? `[${piece.text}]` : piece.text))
    .join('');

it('leaves ordinary text in one piece, with its tabs and line breaks', () => {
  const text = 'for name in *; do\n\techo "Grüße, 日本語"\ndone\n';
  expect(splitHidden(text)).toEqual([{ text, isHidden: false }]);
});

it('names what turns the direction of the text after it', () => {
  expect(shown('out\u202Etxt.sh')).toBe('out[U+202E]txt.sh');
});

it('names what has no width, and spaces that only look like one', () => {
  expect(shown('rm\u200B -rf\u00A0/')).toBe('rm[U+200B] -rf[U+00A0]/');
});

it('names control characters by their pictures', () => {
  expect(shown('a\u001B[2Kb\r')).toBe('a[␛][2Kb[␍]');
});

it('has no piece for an empty text', () => {
  expect(splitHidden('')).toEqual([]);
});
