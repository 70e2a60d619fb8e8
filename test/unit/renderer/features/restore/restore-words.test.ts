import { describe, expect, it } from 'vitest';
import { noImportCounts } from '../../../../../src-renderer/db/import-row.ts';
import {
  cautions,
  modeOptions,
  restoredWords,
  restoreLabel,
  restoreSums,
  stepHeard,
  whyNothingToRestore,
  workingWords,
} from '../../../../../src-renderer/features/restore/restore-words.ts';
import type { RestorePreview } from '../../../../../src-renderer/sync/restore.ts';
import type { BackupContents, BackupOpened } from '../../../../../src-shared/contract/backups.ts';

const names = { new: [], same: [], different: [], newer: [] };
const preview = (
  counts: Partial<RestorePreview['counts']>,
  rest: Partial<RestorePreview> = {},
): RestorePreview => ({
  counts: { new: 0, same: 0, different: 0, newer: 0, ...counts },
  historyAlone: 0,
  heldAlone: 0,
  names,
  ...rest,
});

describe('what a restore would do', () => {
  const some = preview({ new: 1204, different: 1, newer: 2 }, { historyAlone: 5, heldAlone: 2 });

  it('is said of each way, and what the runner owns is not among what goes', () => {
    expect(modeOptions(some).map(({ note }) => note)).toEqual([
      '1,204 jobs, and nothing else changes.',
      '1 job, as they are in the backup.',
      '3 jobs. The present history is backed up first.',
    ]);
  });

  it.each([
    ['add', 'Restore 1,204 jobs'],
    ['replace', 'Restore 1,205 jobs'],
    ['exact', 'Restore 1,205 and delete 3 jobs'],
  ] as const)('is on the button for %s', (mode, label) => {
    expect(restoreLabel(restoreSums(some, mode))).toBe(label);
  });

  it('is to delete where nothing else is to be done', () => {
    expect(restoreLabel(restoreSums(preview({}, { historyAlone: 1 }), 'exact'))).toBe('Delete 1 job');
  });

  it('is nothing where the history has it all, or keeps what is different', () => {
    expect(whyNothingToRestore(some, 'add')).toBeNull();
    expect(whyNothingToRestore(preview({ same: 3 }), 'exact')).toBe(
      'The history has all that is in this backup.',
    );
    expect(whyNothingToRestore(preview({ different: 3 }), 'add')).toBe(
      'Nothing is missing. Choose above whether what is different is replaced.',
    );
    expect(whyNothingToRestore(preview({ different: 3 }), 'replace')).toBeNull();
  });
});

describe('what is heard of a restore', () => {
  const opened = { openId: 'x', sizeBytes: 1 } as BackupOpened;
  const some = preview({ new: 3 }, { historyAlone: 40_000 });
  const shown = { at: 'shown', opened, contents: {} as BackupContents, preview: some, said: null } as const;

  it('is what it begins and what it came to, and stays the same meanwhile', () => {
    const comparing = { at: 'comparing', opened, total: 9 } as const;
    expect(stepHeard({ ...comparing, done: 1 }, 'add')).toBe(stepHeard({ ...comparing, done: 8 }, 'add'));
    expect(stepHeard(shown, 'add')).toBe('Compared: Restore 3 jobs.');
    expect(stepHeard(shown, 'exact')).toBe('Compared: Restore 3 and delete 40,000 jobs.');
    expect(stepHeard({ ...shown, said: { tone: 'info', sentence: 'It was stopped.' } }, 'add')).toBe(
      'It was stopped.',
    );
  });

  it('says what it waits for, and how far it is where one can see it', () => {
    const restoring = { at: 'restoring', opened, done: 4, total: 9 } as const;
    expect(workingWords({ ...restoring, phase: 'waiting' })).toContain('Waiting for a backup');
    expect(workingWords({ ...restoring, phase: 'restoring' })).toBe('Restoring: 4 of 9 jobs.');
    expect(stepHeard({ ...restoring, phase: 'restoring' }, 'add')).toBe('Restoring.');
  });
});

it('says what is to be known of a backup from elsewhere, or one with records that can not be read', () => {
  const contents = {
    createdAt: '2026-01-01T00:00:00Z',
    appVersion: '0.1.0',
    counts: { job: 1, delivery: 0, view: 0 },
    ...{ isOwn: true, unreadable: 0, firstProblem: null },
  };
  expect(cautions(contents)).toEqual([]);
  expect(cautions({ ...contents, isOwn: false })[0]).toContain('wait for your approval');
  expect(
    cautions({ ...contents, unreadable: 2, firstProblem: 'Line 3 is left out: its job is not valid.' }),
  ).toEqual(['2 records of it cannot be read and stay out. Line 3 is left out: its job is not valid.']);
});

it('says how a restore went', () => {
  const counts = { ...noImportCounts(), added: 2, replaced: 4, active: 1 };
  expect(restoredWords({ id: 'x', counts, removed: 3 })).toEqual({
    sentence: '3 jobs restored.',
    detail:
      '1 in the place of what had changed. 3 jobs deleted that the backup does not have. 1 job left alone: they run, or have ended since.',
  });
});
