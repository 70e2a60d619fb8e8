import { describe, expect, it } from 'vitest';
import { readText, summary } from './read.ts';

const CLEAN: [string, string, string[]][] = [
  ['one document', '{"id":"a"}', ['1: a']],
  ['one document over several lines', '\n\n{\n  "id": "a",\n  "b": {\n    "c": [\n{}]\n  }\n}\n', ['3: a']],
  ['one document a line', '{"id":"a"}\n{"id":"b"}\n', ['1: a', '2: b']],
  [
    'one document a line with blank lines and no last line break',
    '{"id":"a"}\r\n\r\n{"id":"b"}',
    ['1: a', '3: b'],
  ],
  ['a list on one line', '[{"id":"a"},{"id":"b"}]', ['1: a', '1: b']],
  [
    'a list over several lines',
    '[\n  {\n    "id": "a"\n  },\n  {\n    "id": "b"\n  }\n]\n',
    ['2: a', '5: b'],
  ],
  ['an empty list', '[]', []],
  ['documents one after another over several lines', '{\n"id":"a"\n}\n{\n"id":"b"\n}\n', ['1: a', '4: b']],
  ['two documents on a line', '{"id":"a"} {"id":"b"}', ['1: a', '1: b']],
  ['lists one after another', '[{"id":"a"}]\n[{"id":"b"}]', ['1: a', '2: b']],
  ['a byte order mark', '\uFEFF{"id":"a"}', ['1: a']],
  ['brackets and quotes inside of strings', '{"id":"}{][\\"\\\\"}\n{"id":"b"}', ['1: }{]["\\', '2: b']],
  ['text that is not ASCII', '{"id":"Straße 😀"}\n{"id":"é"}', ['1: Straße 😀', '2: é']],
  [
    'nested objects without indentation',
    '{"id":"a","x":[\n{},\n{}\n],"y":\n{}\n}\n{"id":"b"}',
    ['1: a', '7: b'],
  ],
];

const BROKEN: [string, string, string[]][] = [
  [
    'a line that never closes',
    '{"id":"a"}\n{"id":"b"\n{"id":"c"}\n{"id":"d"}\n',
    ['1: a', expect.stringMatching(/^2! .*not closed.*line/u), '3: c', '4: d'],
  ],
  ['a first line that never closes', '{"id":"a"\n{"id":"b"}\n', [expect.stringMatching(/^1! /u), '2: b']],
  [
    'a line torn off after a colon',
    '{"id":\n{"id":"b"}\n{"id":"c"}\n',
    [expect.stringMatching(/^1! /u), '2: b', '3: c'],
  ],
  [
    'a missing quote',
    '{"id":"a}\n{"id":"b"}\n',
    [
      expect.stringMatching(
        /^1! Expected the text to end on its line, got a line break inside of it. \(line 1, column 10\)$/u,
      ),
      '2: b',
    ],
  ],
  [
    'a missing quote in the middle of a list',
    '[\n  {"id":"a"},\n  {"id":"b, "x": 1},\n  {"id":"c"}\n]\n',
    ['2: a', expect.stringMatching(/^3! .*line 3/u), '4: c'],
  ],
  [
    'a bracket of the wrong kind',
    '{"id":"a","x":[1}\n{"id":"b"}\n',
    [expect.stringMatching(/^1! .*\(line 1, column 17\)$/u), '2: b'],
  ],
  [
    'a bracket too many',
    '{"id":"a"}}\n{"id":"b"}\n',
    ['1: a', expect.stringMatching(/^1! Expected a value, got "\}"/u), '2: b'],
  ],
  [
    'a line that is no JSON at all',
    '{"id":"a"}\nhello {world}\n{"id":"c"}',
    [
      '1: a',
      expect.stringMatching(/^2! Expected a value, got "hello"/u),
      expect.stringMatching(/^2! /u),
      '3: c',
    ],
  ],
  [
    'a comma after each document',
    '{"id":"a"},\n{"id":"b"}\n',
    ['1: a', expect.stringMatching(/^1! Expected a value, got ","\. \(line 1, column 11\)$/u), '2: b'],
  ],
  [
    'a trailing comma in a list',
    '[{"id":"a"},]',
    [
      '1: a',
      '1! Expected a document after the comma, got "]": JSON has no trailing comma. (line 1, column 13)',
    ],
  ],
  [
    'a missing comma in a list',
    '[{"id":"a"}\n{"id":"b"}]',
    ['1: a', '2! Expected a comma before this document, got none. (line 2, column 1)'],
  ],
  [
    'a list that never closes',
    '[\n{"id":"a"},\n{"id":"b"}\n',
    [
      '2: a',
      '3: b',
      '4! Expected "]" after the last document of the list, got the end of the file. (line 4, column 1)',
    ],
  ],
  [
    'a list that is torn off inside of a document',
    '[\n{"id":"a"},\n{"id":"b',
    ['2: a', expect.stringMatching(/^3! Expected the document to go on/u)],
  ],
  [
    'a comment',
    '// mine\n{"id":"a"}',
    ['1! Expected JSON, got a comment: JSON has none. (line 1, column 1)', '2: a'],
  ],
  [
    'a comment inside of a document',
    '{"id":"a", // mine\n"b":1}\n{"id":"b"}',
    ['1! Expected JSON, got a comment: JSON has none. (line 1, column 12)', '3: b'],
  ],
  [
    'a comment of many lines, with a document in it',
    '{"id":"a"}\n/* not\n{"id":"x"}\n*/ {"id":"b"}',
    ['1: a', '2! Expected JSON, got a comment: JSON has none. (line 2, column 1)', '4: b'],
  ],
  [
    'a comment that does not end',
    '/* not\n{"id":"a"}',
    ['1! Expected JSON, got a comment: JSON has none. (line 1, column 1)', '2: a'],
  ],
  [
    'comments in a list',
    '[ # first\n{"id":"a"}, // second\n{"id":"b"} /* last */]',
    [
      '1! Expected JSON, got a comment: JSON has none. (line 1, column 3)',
      '2: a',
      '2! Expected JSON, got a comment: JSON has none. (line 2, column 13)',
      '3: b',
      '3! Expected JSON, got a comment: JSON has none. (line 3, column 12)',
    ],
  ],
  [
    'a comment with a quote in it inside of a document',
    '{"id":"a", // the "first\n"b":1}\n{"id":"b"}',
    ['1! Expected JSON, got a comment: JSON has none. (line 1, column 12)', '3: b'],
  ],
  [
    'text that goes on in the next line',
    '[{"id":"a","x":"one\ntwo"},\n{"id":"b"}]',
    ['1! Expected the text to end on its line, got a line break inside of it. (line 1, column 20)', '3: b'],
  ],
  [
    'text that goes on in the next line, with a backslash before',
    '{"id":"a","x":"one\\\ntwo\\"s"}\n{"id":"b"}',
    [expect.stringMatching(/^1! /u), '3: b'],
  ],
  [
    'a trailing comma in a document',
    '{"id":"a",}\n{"id":"b"}',
    [
      '1! Expected another value after the comma, got "}": JSON has no trailing comma. (line 1, column 11)',
      '2: b',
    ],
  ],
  [
    'an empty file',
    '',
    [
      '1! Expected a document, a list of documents or one document a line, got an empty file. (line 1, column 1)',
    ],
  ],
  [
    'a file of spaces',
    ' \n\n ',
    [
      '3! Expected a document, a list of documents or one document a line, got an empty file. (line 3, column 2)',
    ],
  ],
  ['a value that is no document', '5\n"x"\n', ['1: 5', '2: "x"']],
];

describe('cutting a file into documents', () => {
  it.each(CLEAN)('finds each in %s', (_, text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  it.each(BROKEN)('finds all others beside %s', (_, text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  it.each([...CLEAN, ...BROKEN])('finds the same in %s wherever the chunks are cut', (_, text) => {
    const whole = readText(text);
    for (const chunkBytes of [1, 2, 3, 7]) expect(readText(text, chunkBytes)).toEqual(whole);
  });

  it('numbers what it finds in the order of the file, the broken ones included', () => {
    expect(readText('{"id":"a"}\nno\n{"id":"c"}').map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('refuses a document that is too deep, and finds the next', () => {
    const deep = (levels: number) => `{"id":"a","x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(summary(`${deep(99)}\n${deep(100)}\n${deep(100_000)}\n{"id":"d"}`)).toEqual([
      '1: a',
      '2! Expected at most 100 levels of lists and objects, got more. (line 2, column 1)',
      '3! Expected at most 100 levels of lists and objects, got more. (line 3, column 1)',
      '4: d',
    ]);
  });

  it('refuses a document that is too large without keeping it, and finds the next', () => {
    const long = `{"id":"${'x'.repeat(65 * 1024 * 1024)}"}`;
    expect(summary(`{"id":"a"}\n${long}\n{"id":"c"}`)).toEqual([
      '1: a',
      '2! Expected at most 64 MiB in one document, got more. (line 2, column 1)',
      '3: c',
    ]);
  });

  it('quotes the beginning of a long line that is no JSON, and skips the rest', () => {
    expect(summary(`${'x'.repeat(100_000)}{"id":"no"}\n{"id":"b"}`, 1000)).toEqual([
      expect.stringMatching(/^1! /u),
      '2: b',
    ]);
  });
});
