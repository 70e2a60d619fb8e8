import { describe, expect, it } from 'vitest';
import {
  ByteWindow,
  MAX_LINE_BYTES,
  MAX_LINES,
  MAX_WINDOW_BYTES,
} from '../../../../../src-renderer/features/job-detail/output/byte-window.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textsOf = (window: ByteWindow) => window.lines.map((line) => window.text(line));

function windowOf(...chunks: Uint8Array[]): ByteWindow {
  const window = new ByteWindow();
  window.reset(0, new Uint8Array(0));
  for (const chunk of chunks) window.append(chunk);
  return window;
}

describe('ByteWindow', () => {
  it('finds the lines, and leaves the last one open', () => {
    expect(textsOf(windowOf(bytes('a\nb\r\nc')))).toEqual(['a', 'b', 'c']);
    expect(textsOf(windowOf(bytes('a\n')))).toEqual(['a', '']);
  });

  it('gives the same lines however the bytes were cut', () => {
    const text = 'Übergang 日本語 🎞️\n\u001b[31mrot\nimmer noch rot\u001b[0m\nEnde';
    const whole = bytes(text);
    const expected = windowOf(whole).lines;
    for (let size = 1; size < 12; size += 1) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.slice(index * size, (index + 1) * size),
      );
      const window = windowOf(...chunks);
      expect(window.lines).toEqual(expected);
      expect(textsOf(window).join('\n')).toBe(text);
    }
  });

  it('leaves out a character that has not come whole yet', () => {
    const whole = bytes('ab€');
    const window = windowOf(whole.slice(0, 3));
    expect(textsOf(window)).toEqual(['ab']);
    window.append(whole.slice(3));
    expect(textsOf(window)).toEqual(['ab€']);
  });

  it('carries colours over to the lines that follow, until they are reset', () => {
    const { lines } = windowOf(bytes('\u001b[31mred\nstill\n\u001b[0mplain\nplain'));
    expect(lines.map((line) => line.state)).toEqual(['', '\u001b[31m', '\u001b[31m', '']);
  });

  it('begins at the first whole line in the middle of a file', () => {
    const window = new ByteWindow();
    window.reset(100, bytes('tail of a line\nwhole\n'));
    expect(window.base).toBe(115);
    expect(textsOf(window)[0]).toBe('whole');
  });

  it('puts an earlier piece before, without a seam', () => {
    const whole = bytes('one\ntwo\nthree\nfour');
    const window = new ByteWindow();
    window.reset(8, whole.slice(8));
    expect(textsOf(window)).toEqual(['four']);
    window.prepend(0, whole.slice(0, window.base));
    expect(window.base).toBe(0);
    expect(textsOf(window)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('stays within its size while it follows, and keeps the newest', () => {
    const line = bytes(`${'x'.repeat(99)}\n`);
    const chunk = new Uint8Array(line.length * 2000);
    for (let at = 0; at < chunk.length; at += line.length) chunk.set(line, at);
    const window = windowOf(...Array.from({ length: 60 }, () => chunk));
    expect(window.end).toBe(chunk.length * 60);
    expect(window.end - window.base).toBeLessThanOrEqual(MAX_WINDOW_BYTES);
    expect(window.base % 100).toBe(0);
    expect(window.lines[0]?.start).toBe(window.base);
  });

  it('stays within its number of lines where all are empty', () => {
    const window = windowOf(new Uint8Array(MAX_LINES * 2).fill(10));
    expect(window.lines.length).toBeLessThanOrEqual(MAX_LINES);
    expect(window.end).toBe(MAX_LINES * 2);
  });

  it('drops from the end what is too much when an earlier piece comes', () => {
    const window = new ByteWindow();
    const line = bytes(`${'y'.repeat(63)}\n`);
    const big = new Uint8Array(MAX_WINDOW_BYTES);
    for (let at = 0; at < big.length; at += line.length) big.set(line, at);
    window.reset(0, big);
    window.reset(640, big.slice(0, MAX_WINDOW_BYTES));
    const endBefore = window.end;
    window.prepend(0, big.slice(0, window.base));
    expect(window.base).toBe(0);
    expect(window.end).toBeLessThan(endBefore);
    expect(window.end - window.base).toBeLessThanOrEqual(MAX_WINDOW_BYTES + line.length);
  });

  it('splits a line that is too long, never inside a character', () => {
    const window = windowOf(bytes('€'.repeat(MAX_LINE_BYTES)));
    expect(window.lines.length).toBeGreaterThan(2);
    expect(textsOf(window).join('')).toBe('€'.repeat(MAX_LINE_BYTES));
  });

  it('keeps a progress bar one line however long it runs', () => {
    const steps = Array.from({ length: 5000 }, (_, index) => `step ${index} of 5000`).join('\r');
    const window = windowOf(bytes(`${steps}\nend`));
    expect(window.lines).toHaveLength(2);
    expect(textsOf(window)[0]?.endsWith('step 4999 of 5000')).toBe(true);
  });
});
