import { describe, expect, it } from 'vitest';
import { leftBehindWords, lostWords, setAsideWords } from '../../../../src-renderer/app/recovery-words.ts';
import type { Recovery } from '../../../../src-renderer/sync/restore-newest-backup.ts';
import { backupTime } from '../../../../src-renderer/words/backup-words.ts';

const OLDER = '2026-11-20T10:00:00Z';
const NEWER = '2026-11-21T10:00:00Z';
const why = 'The newest is cut off.';

const WHOLE = { unreadable: 0, firstProblem: null };
const FROM_NEWEST: Recovery = {
  used: { createdAt: NEWER, jobs: 3, ...WHOLE },
  skipped: [],
  listProblem: null,
};
const FROM_OLDER: Recovery = {
  used: { createdAt: OLDER, jobs: 1, ...WHOLE },
  skipped: [{ createdAt: NEWER, why }],
  listProblem: null,
};
const FROM_NONE: Recovery = {
  used: null,
  skipped: [
    { createdAt: NEWER, why },
    { createdAt: OLDER, why: 'Another.' },
  ],
  listProblem: null,
};
const UNLISTED: Recovery = { used: null, skipped: [], listProblem: 'The folder can not be read.' };

describe('what is said of a history that was set aside', () => {
  it('is that there was no backup where there was none, and only there', () => {
    expect(setAsideWords(null).detail).toContain('There was no backup to go back to.');
    for (const recovery of [FROM_NEWEST, FROM_OLDER, FROM_NONE, UNLISTED]) {
      expect(setAsideWords(recovery).detail).not.toContain('no backup');
    }
  });

  it('is that it was the newest backup where it was, and else which one and why', () => {
    expect(setAsideWords(FROM_NEWEST).detail).toContain('3 jobs came back from the newest backup.');
    const { detail, isToSeeBackups } = setAsideWords(FROM_OLDER);
    expect(detail).toContain(`1 job came back from the backup of ${backupTime(OLDER)}.`);
    expect(detail).toContain(`A newer one could not be read: ${why}`);
    expect(isToSeeBackups).toBe(false);
  });

  it('is why there is nothing, and what to do, where none could be read', () => {
    const { detail, isToSeeBackups } = setAsideWords(FROM_NONE);
    expect(detail).toContain(`Nothing came back: of 2 backups none could be read. ${why}`);
    expect(detail).toContain('Restore… in the settings');
    expect(isToSeeBackups).toBe(true);
    expect(setAsideWords(UNLISTED)).toMatchObject({
      detail: expect.stringContaining('The folder can not be read.'),
      isToSeeBackups: true,
    });
  });
});

it('what could not be brought into this version is counted, and said to be in a backup', () => {
  expect(leftBehindWords(2)).toMatchObject({
    sentence: '2 jobs of the history could not be brought into this version.',
    detail: expect.stringContaining('in the backup “Before an update”'),
    isToSeeBackups: true,
  });
});

describe('what is said of a history that was lost', () => {
  it('is what came back, from which backup, and why from an older one', () => {
    expect(lostWords(FROM_NEWEST)).toEqual({
      sentence: 'The history was lost; 3 jobs came back from the newest backup.',
      detail: 'What the runner still has is added now.',
      isToSeeBackups: false,
    });
    const { sentence, detail } = lostWords(FROM_OLDER);
    expect(sentence).toBe(`The history was lost; 1 job came back from the backup of ${backupTime(OLDER)}.`);
    expect(detail).toContain(why);
  });

  it('is what of the backup could not be read', () => {
    const used = { createdAt: NEWER, jobs: 3, unreadable: 2, firstProblem: 'Line 7 is cut off.' };
    expect(lostWords({ ...FROM_NEWEST, used }).detail).toBe(
      '2 records of it cannot be read and stay out. Line 7 is cut off. What the runner still has is added now.',
    );
  });

  it('is that nothing came back, why, and what to do', () => {
    expect(lostWords(FROM_NONE)).toMatchObject({
      sentence: 'The history was lost, and none of its backups could be read.',
      detail: expect.stringContaining(`${why} Once that is mended, Restore…`),
      isToSeeBackups: true,
    });
    const one = { ...FROM_NONE, skipped: [{ createdAt: NEWER, why }] };
    expect(lostWords(null)).toMatchObject({ sentence: 'The history was damaged and is lost.' });
    expect(lostWords(one).sentence).toBe('The history was lost, and its backup could not be read.');
    expect(lostWords(UNLISTED)).toMatchObject({
      sentence: 'The history is empty, and whether there are backups of it is not known.',
      isToSeeBackups: true,
    });
  });
});
