import { expect, it } from 'vitest';
import { suggestedName } from '../../../../../src-renderer/features/export/suggested-name.ts';

it('holds the day in the person’s own time zone, and the ending of the format', () => {
  const lateInTheEvening = new Date(2026, 0, 5, 23, 59);
  expect(suggestedName('array', lateInTheEvening)).toBe('jobs-2026-01-05.json');
  expect(suggestedName('ndjson', lateInTheEvening)).toBe('jobs-2026-01-05.ndjson');
});
