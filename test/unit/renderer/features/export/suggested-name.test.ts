import { expect, it } from 'vitest';
import {
  suggestedName,
  suggestedResultName,
} from '../../../../../src-renderer/features/export/suggested-name.ts';

const lateInTheEvening = new Date(2026, 0, 5, 23, 59);

it.each([
  ['array', 'plain', 'jobs-2026-01-05.json'],
  ['ndjson', 'gzip', 'jobs-2026-01-05.ndjson.gz'],
  ['csv', 'plain', 'jobs-2026-01-05.csv'],
  ['ndjson', 'zip', 'jobs-2026-01-05.zip'],
  ['array', 'folder', 'jobs-2026-01-05'],
] as const)('%s as %s is called %s: the day in the person’s own time zone', (format, packing, name) => {
  expect(suggestedName(format, packing, lateInTheEvening)).toBe(name);
});

it('leaves out of a job’s name what a file’s name can’t hold', () => {
  expect(suggestedResultName('a/b: "c" <d>\u0000', 'csv', false)).toBe('a-b- -c- -d- results.csv');
  expect(suggestedResultName('  ', 'openai-batch', true)).toBe('batch results.jsonl.gz');
  expect(suggestedResultName('x'.repeat(500), 'ndjson', false)).toHaveLength('x'.repeat(80).length + 15);
});
