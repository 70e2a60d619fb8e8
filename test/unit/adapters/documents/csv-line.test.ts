import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../../src-main/adapters/documents/csv-line.ts';

describe('a line of CSV', () => {
  it('is read back as it was, whatever is in its cells', () => {
    const cells = ['plain', 'a,b', '"quoted"', 'two\r\nlines', '', ' spaces ', 'é漢字🏔️', "'", 'a=1'];
    expect(parse(csvLine(cells))).toEqual([cells]);
  });

  it('has numbers as they are, and nothing where there is nothing', () => {
    expect(csvLine([-5, 0, 1e21, null, undefined, ''])).toBe('-5,0,1e+21,,,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1'])('keeps %j from being run', (text) => {
    expect(parse(csvLine([text, 'other']))).toEqual([[`'${text}`, 'other']]);
  });

  it.each([
    ['x;=1+1;', "x;'=1+1;"],
    ['x\t@SUM(A1)', "x\t'@SUM(A1)"],
    ['x\r\n-1\n+1', "x\r\n'-1\n'+1"],
    ['x;"=1+1"', `x;"'=1+1"`],
    [';;＝1', ";;'＝1"],
  ])('keeps %j from being run where semicolons or tabs separate', (text, shown) => {
    expect(parse(csvLine(['id', text]))).toEqual([['id', shown]]);
  });

  it.each(['a=1', '1-2', 'me@example.org', 'x; y=2', 'a\nb'])('shows %j as it is', (text) => {
    expect(parse(csvLine([text]))).toEqual([[text]]);
  });
});
