import { describe, expect, it } from 'vitest';
import { createKeptText, MAX_TEXT_LENGTH } from '../../../../src-main/adapters/llm/kept-text.ts';

const SECRET = 'hunter2-hunter2';

function kept(text: string, redact: readonly string[] = []) {
  const keeper = createKeptText();
  // In pieces, as a stream gives it.
  for (let at = 0; at < text.length; at += 1000) keeper.add(text.slice(at, at + 1000));
  return keeper.text(redact);
}

describe('the text of a record', () => {
  it('is whole up to its limit', () => {
    const text = 'x'.repeat(MAX_TEXT_LENGTH);
    expect(kept(text)).toBe(text);
  });

  it('says what was cut off beyond it', () => {
    expect(kept('x'.repeat(MAX_TEXT_LENGTH + 100_000))).toBe(
      `${'x'.repeat(MAX_TEXT_LENGTH)}\n[... 100000 characters left out: the output file has them ...]`,
    );
  });

  it('is not cut inside a character', () => {
    const text = `x${'👋'.repeat(MAX_TEXT_LENGTH)}`;
    expect(kept(text).isWellFormed()).toBe(true);
  });

  it('keeps no part of a secret that lies across the cut', () => {
    const before = 'x'.repeat(MAX_TEXT_LENGTH - 5);
    const text = kept(`${before}${SECRET}${'y'.repeat(20_000)}`, [SECRET]);
    expect(text).not.toContain('hunt');
    expect(text.startsWith(`${before}[secr`)).toBe(true);
  });
});
