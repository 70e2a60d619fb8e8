import { describe, expect, it } from 'vitest';
import { readText, summary } from './read.ts';

describe('a document', () => {
  it.each([
    ['{"a":1,"b":{"a":1},"a":2}', '/a Expected each name once in an object, got "a" twice.'],
    [
      '{"x":[{},{"k/1":1,"k\\u002f1":2}]}',
      '/x/1/k~11 Expected each name once in an object, got "k/1" twice.',
    ],
    [
      '{"ttft_ns":9007199254740993}',
      '/ttft_ns Expected a whole number of at most 9007199254740991, since a larger one would be rounded, got 9007199254740993.',
    ],
    [
      '{"a":{"b":[0,-12345678901234567890]}}',
      '/a/b/1 Expected a whole number of at most 9007199254740991, since a larger one would be rounded, got -12345678901234567890.',
    ],
    ['{"ttft_ns":1e300}', expect.stringContaining('/ttft_ns Expected a whole number of at most')],
    ['{"a":1e400}', '/a Expected a number that fits in 64 bits, got 1e400.'],
    [
      '{"metadata":{"__proto__":{"x":1}}}',
      '/metadata/__proto__ Expected a name that is safe to copy, got "__proto__".',
    ],
    [
      '{"constructor":{"prototype":{}}}',
      '/constructor/prototype Expected a name that is safe to copy, got "prototype".',
    ],
    ["{'a':1}", 'Expected double quotes, got a single one. (line 1, column 2)'],
    ['{"a":None}', 'Expected null, got None. (line 1, column 6)'],
    ['{"a":NaN}', 'Expected a number or null, got NaN. (line 1, column 6)'],
    ['{"a" 1}', 'Expected ":" after property name, got "1". (line 1, column 6)'],
    ['{"a":1 "b":2}', 'Expected "," or "}" after property value, got "\\"". (line 1, column 8)'],
    [
      '{"a":\n  [1,]}',
      'Expected another value after the comma, got "]": JSON has no trailing comma. (line 2, column 6)',
    ],
    ['{"a":01}', 'Expected a value, got "1". (line 1, column 7)'],
    ['{"a":"\t"}', 'Expected the text to end on its line, got a tab inside of it. (line 1, column 7)'],
    [
      '{"a":"\0"}',
      'Expected text, got a NUL character: the file is damaged, or not in UTF-8. (line 1, column 7)',
    ],
    ['{"a":"\\x"}', 'Expected JSON, got a bad escaped character. (line 1, column 8)'],
  ])('%j is refused, and it is said why', (text, expected) => {
    const [document] = summary(text);
    expect(document?.replace(/^1! /u, '')).toEqual(expected);
  });

  it.each([
    ['{"a":{"constructor":"Ferrari"}}'],
    ['{"a":9007199254740991,"b":-9007199254740991}'],
    ['{"a":6.5,"b":1e-3,"c":{"d":6.022e23}}'],
    ['{"a":"1.0, 1e3: 12345678901234567890"}'],
    ['{"a":"\\u0000 \\ud800"}'],
  ])('%s is taken as it is', (text) => {
    expect(readText(text)[0]).toMatchObject({ value: JSON.parse(text), problems: [], repairs: [] });
  });

  it('tells how whole numbers with a fraction or an exponent were read', () => {
    expect(readText('{"a":1.0,"b":[2e3,"1.0"],"c":{"d":-5.00}}')[0]?.repairs).toEqual([
      { kind: 'integer-form', path: '/a', message: 'Read 1.0 as the whole number 1.' },
      { kind: 'integer-form', path: '/b/0', message: 'Read 2e3 as the whole number 2000.' },
      { kind: 'integer-form', path: '/c/d', message: 'Read -5.00 as the whole number -5.' },
    ]);
  });

  it('that is not UTF-8 is refused with the first wrong byte of the file, and the next is found', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"id":"é"}\n{"id":"'),
      Buffer.from([0x63, 0xe9]),
      Buffer.from('"}\n{"id":"\ufffd"}'),
    ]);
    expect(summary(bytes)).toEqual([
      '1: é',
      '2! Expected UTF-8, got the byte 0xe9 that does not belong there. (line 2, column 9, byte 20 of the file)',
      '3: \ufffd',
    ]);
  });
});
