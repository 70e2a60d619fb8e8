import { expect, it } from 'vitest';
import { NO_RETENTION, type RetentionSettings } from '#shared/contract/retention.ts';
import { needsAgreement } from '../../../../../src-renderer/features/settings/history/proposal.ts';
import {
  consequenceWords,
  wouldGoWords,
} from '../../../../../src-renderer/features/settings/history/retention-words.ts';

function settings(isAutomatic: boolean, days: number | null): RetentionSettings {
  const { completed } = NO_RETENTION.rules;
  const jobs = { ...completed.jobs, days };
  return { isAutomatic, rules: { ...NO_RETENTION.rules, completed: { ...completed, jobs } } };
}

it.each([
  ['turning it on with limits', settings(false, 3), settings(true, 3), true],
  ['another limit while it is on', settings(true, 30), settings(true, 3), true],
  ['the first limit while it is on', settings(true, null), settings(true, 3), true],
  ['turning it on without limits', settings(false, null), settings(true, null), false],
  ['turning it off', settings(true, 3), settings(false, 3), false],
  ['a limit while it is off', settings(false, 30), settings(false, 3), false],
  ['the last limit that is taken away', settings(true, 3), settings(true, null), false],
  ['no change', settings(true, 3), settings(true, 3), false],
])('%s: is agreed to first: %#', (_, before, after, expected) => {
  expect(needsAgreement(before, after)).toBe(expected);
});

it('says what would go and what cannot come back', () => {
  const none = { jobs: 0, outputs: 0, bytes: 0, oldestMs: null, newestMs: null };
  expect(wouldGoWords(none)).toBe('Nothing is beyond its limits.');
  expect(wouldGoWords({ ...none, jobs: 2 })).toBe('Beyond its limits: 2 jobs.');
  expect(consequenceWords({ jobs: 0, outputs: 2 })).toBe('Output cannot be brought back; its jobs stay.');
  expect(consequenceWords({ jobs: 1, outputs: 2 })).toContain('the output of the others cannot.');
});
