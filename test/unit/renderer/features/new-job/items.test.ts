import { describe, expect, it } from 'vitest';
import {
  placeholdersOf,
  variablesOf,
} from '../../../../../src-renderer/features/new-job/draft/item-fields.ts';
import {
  baseName,
  formatOfFile,
  ITEM_SOURCES,
  itemsAs,
  linesOf,
  sourceOf,
} from '../../../../../src-renderer/features/new-job/draft/items.ts';
import {
  matrixLine,
  parseMatrixValues,
} from '../../../../../src-renderer/features/new-job/draft/matrix-values.ts';

describe('the source of items', () => {
  it.each([
    [{ values: ['a', 'b'] }, 'lines'],
    [{ values: [] }, 'lines'],
    [{ values: [1] }, 'json'],
    [{ values: ['two\nlines'] }, 'json'],
    [{ values: ['a', ''] }, 'json'],
    [{ file: 'a.csv', format: 'csv' }, 'file'],
    [{ range: { from: 1, to: 2 } }, 'range'],
    [{ matrix: { a: [1] } }, 'matrix'],
    [{ failed_of: 'job-0f8fad5b-d9cb-469f-a165-70867728950e' }, 'failed'],
  ])('of %j is %s', (items, source) => {
    expect(sourceOf(items)).toBe(source);
  });

  it('is what was chosen, for each that can be chosen', () => {
    for (const source of ITEM_SOURCES) {
      const chosen = itemsAs(source, { values: [{ a: 1 }] });
      expect(sourceOf(chosen)).toBe(source);
    }
  });

  it('takes lines that are JSON objects along as objects, and back', () => {
    const lines = { values: ['{"path":"a.jpg"}', 'plain', '3'] };
    const json = itemsAs('json', lines);
    expect(json).toEqual({ values: [{ path: 'a.jpg' }, 'plain', '3'] });
    expect(itemsAs('lines', json)).toEqual(lines);
  });

  it('has an item for each line with something in it', () => {
    expect(linesOf('a\n\n  \nb c\n')).toEqual(['a', 'b c']);
  });
});

describe('a file of items', () => {
  it.each([
    ['/a/rows.jsonl', 'jsonl'],
    ['C:\\a\\ROWS.NDJSON', 'jsonl'],
    ['rows.csv', 'csv'],
    ['rows.txt', 'lines'],
    ['csv', 'lines'],
  ])('%s promises %s', (path, format) => {
    expect(formatOfFile(path)).toBe(format);
  });

  it('has its name behind the last slash of either kind', () => {
    expect(baseName('/a/b c.csv')).toBe('b c.csv');
    expect(baseName('C:\\a\\b.csv')).toBe('b.csv');
  });
});

describe('the values of a combination', () => {
  it.each([
    ['1, 2.5, -3', [1, 2.5, -3]],
    ['large, it is late', ['large', 'it is late']],
    ['true, null, "true"', [true, null, 'true']],
    ['"with, comma", b', ['with, comma', 'b']],
    ['', []],
    ['[{"a": 1}, [2]]', [{ a: 1 }, [2]]],
  ])('are read from %s', (line, values) => {
    expect(parseMatrixValues(line)).toEqual(values);
  });

  it('are written so that they are read back as they were', () => {
    const all = [
      1,
      '1',
      'a b',
      ' padded ',
      'a,b',
      'say "hi"',
      '',
      null,
      true,
      'null',
      '[x',
      '{',
      "it's",
      'ü, 日本',
    ];
    expect(parseMatrixValues(matrixLine(all))).toEqual(all);
    expect(parseMatrixValues(matrixLine([{ a: 1 }, 'x']))).toEqual([{ a: 1 }, 'x']);
  });
});

describe('what an item offers to fill in', () => {
  it('is the item itself, or each of its fields, and its index', () => {
    expect(placeholdersOf(['a.jpg'])).toEqual(['{{item}}', '{{index}}']);
    expect(placeholdersOf([{ path: 'a' }, { path: 'b', 'odd name': 1 }])).toEqual([
      '{{item.path}}',
      '{{item["odd name"]}}',
      '{{index}}',
    ]);
  });

  it('comes to a script in the environment, read as its language reads it', () => {
    expect(variablesOf([{ path: 'a' }], 'bash')).toEqual(['"$JOBDECK_ITEM_PATH"', '"$JOBDECK_INDEX"']);
    expect(variablesOf(['a'], '/usr/bin/python3')).toEqual([
      'os.environ["JOBDECK_ITEM"]',
      'os.environ["JOBDECK_INDEX"]',
    ]);
    expect(variablesOf(['a'], 'pwsh')[0]).toBe('$env:JOBDECK_ITEM');
  });
});
