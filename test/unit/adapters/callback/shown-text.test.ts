import { expect, it } from 'vitest';
import { MAX_ANSWER_KEPT_BYTES } from '#shared/callback/delivery.ts';
import { shownText } from '../../../../src-main/adapters/callback/answer-beginning.ts';

it.each([
  ['plain ü€😀\n\ttext\r\n', 'plain ü€😀\n\ttext\r\n'],
  ['NUL \0, bell \x07 and escape \x1b[2J', 'NUL \uFFFD, bell \uFFFD and escape \uFFFD[2J'],
  ['C1 \x9b31m and DEL \x7f', 'C1 \uFFFD31m and DEL \uFFFD'],
  ['turned \u202eround\u202c and \u2066apart\u2069', 'turned \uFFFDround\uFFFD and \uFFFDapart\uFFFD'],
])('of %j what a terminal would obey is taken out', (text, shown) => {
  expect(shownText(Buffer.from(text))).toBe(shown);
});

it('bytes that are no UTF-8 are replaced, and a character that is cut off at the end is left out', () => {
  expect(shownText(Buffer.from([0x61, 0xff, 0x62, 0xe2, 0x82]))).toBe('a\uFFFDb');
});

it('never has more bytes than are kept, whatever replaced them', () => {
  const shown = shownText(Buffer.alloc(MAX_ANSWER_KEPT_BYTES, 0xff));
  expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MAX_ANSWER_KEPT_BYTES);
  expect(shown).toMatch(/^\uFFFD+$/);
});
