import { describe, expect, it } from 'vitest';
import { ansiSpans, plainText } from '../../../../src-renderer/components/ansi/ansi-spans.ts';

const ESC = '\u001b';
const textOf = (line: string) =>
  ansiSpans(line)
    .map((span) => span.text)
    .join('');

describe('ansiSpans', () => {
  it('gives plain text as one piece', () => {
    expect(ansiSpans('hello <b>')).toEqual([{ text: 'hello <b>', looks: [] }]);
  });

  it('names the colours and weights of its pieces', () => {
    const spans = ansiSpans(`${ESC}[1;31merror${ESC}[0m ok`);
    expect(spans[0]).toEqual({ text: 'error', looks: ['bold', 'red'] });
    expect(spans[1]).toEqual({ text: ' ok', looks: [] });
  });

  it('goes on in the colours that the lines before left on', () => {
    expect(ansiSpans('still red', `${ESC}[31m`)[0]?.looks).toEqual(['red']);
  });

  it('knows the large palette and true colours', () => {
    expect(ansiSpans(`${ESC}[38;2;255;136;0mx`)[0]?.color).toBe('rgb(255, 136, 0)');
    expect(ansiSpans(`${ESC}[38;5;196mx`)[0]?.color).toBe('rgb(255, 0, 0)');
    expect(ansiSpans(`${ESC}[48;5;244mx`)[0]?.background).toBe('rgb(128, 128, 128)');
  });

  it('shows the last state of a progress bar', () => {
    expect(textOf('10 %\r60 %\r100 %')).toBe('100 %');
    expect(textOf('10 %\r60 %\r')).toBe('60 %');
    expect(textOf(`10 %\r60 %\r${ESC}[K`)).toBe('60 %');
  });

  it('prints neither titles nor links nor the movements of the cursor', () => {
    expect(textOf(`${ESC}]0;title\u0007a${ESC}]8;;https://x.example${ESC}\\b${ESC}[2Kc${ESC}(Bd`)).toBe(
      'abcd',
    );
  });

  it('takes back what was overtyped', () => {
    expect(textOf('ab\u0008c')).toBe('ac');
  });

  it('gives nothing for an empty line', () => {
    expect(ansiSpans('')).toEqual([]);
  });
});

describe('plainText', () => {
  it('has no escape sequence left', () => {
    expect(plainText(`${ESC}[1;32mok${ESC}[0m ${ESC}[3A1\r2`)).toBe('2');
    expect(plainText(`${ESC}[1;32mok${ESC}[0m done`)).toBe('ok done');
  });
});
