/** What is said of a history that was set aside or lost, and of what came back. */
import type { Recovery } from '../sync/restore-newest-backup.ts';
import { backupTime, unreadableWords } from '../words/backup-words.ts';
import { countOf } from '../words/count-words.ts';

export interface RecoveryWords {
  sentence: string;
  detail: string;
  /** The person may want to look at the backups. */
  isToSeeBackups: boolean;
}

const RUNNER = 'What the runner still has is added now.';
const BY_HAND = 'Once that is mended, Restore… in the settings, under History, brings one back.';

/** A damaged history was set aside. */
export function setAsideWords(recovery: Recovery | null): RecoveryWords {
  return {
    sentence: 'The history was damaged and has been set aside.',
    detail: joined('It is kept: the settings list it under History.', cameBack(recovery), RUNNER),
    isToSeeBackups: isWithoutAny(recovery),
  };
}

/** The history was not there, though there are backups of one, or may be; or it was damaged beyond reading. */
export function lostWords(recovery: Recovery | null): RecoveryWords {
  if (recovery === null) {
    return {
      sentence: 'The history was damaged and is lost.',
      detail: joined('There was no backup to go back to.', RUNNER),
      isToSeeBackups: false,
    };
  }
  const { used, skipped, listProblem } = recovery;
  const isUnknown = listProblem !== null;
  return {
    sentence: isUnknown
      ? 'The history is empty, and whether there are backups of it is not known.'
      : used === null
        ? `The history was lost, and ${skipped.length === 1 ? 'its backup' : 'none of its backups'} could ${skipped.length === 1 ? 'not ' : ''}be read.`
        : `The history was lost; ${countOf(used.jobs, 'job')} came back from ${nameOf(recovery)}.`,
    detail: joined(used === null ? whyNone(recovery) : whyNotAll(recovery), RUNNER),
    isToSeeBackups: isWithoutAny(recovery),
  };
}

/** Rows of an older version could not be brought into this one. */
export function leftBehindWords(count: number): RecoveryWords {
  return {
    sentence: `${countOf(count, 'job')} of the history could not be brought into this version.`,
    detail: `What is stored of ${count === 1 ? 'it' : 'them'} cannot be read as a job, and is in no list. It was not deleted, and is in the backup “Before an update” as far as it can be told: keep that file.`,
    isToSeeBackups: true,
  };
}

function cameBack(recovery: Recovery | null): string {
  if (recovery === null) return 'There was no backup to go back to.';
  const { used, skipped, listProblem } = recovery;
  if (used !== null) {
    const came = `${countOf(used.jobs, 'job')} came back from ${nameOf(recovery)}.`;
    return joined(came, whyNotAll(recovery));
  }
  const nothing = 'Nothing came back';
  return joined(
    listProblem !== null
      ? `${nothing}: which backups there are is not known.`
      : `${nothing}: of ${countOf(skipped.length, 'backup')} none could be read.`,
    whyNone(recovery),
  );
}

function nameOf({ used, skipped }: Recovery): string {
  return skipped.length === 0 ? 'the newest backup' : `the backup of ${backupTime(used?.createdAt ?? '')}`;
}

/** Why it is not the newest one, and what of it did not come back. */
function whyNotAll({ used, skipped }: Recovery): string {
  const [newest] = skipped;
  const which = skipped.length === 1 ? 'A newer one' : `${skipped.length} newer ones`;
  return joined(
    newest === undefined ? '' : `${which} could not be read: ${newest.why}`,
    used === null ? '' : unreadableWords(used),
  );
}

function whyNone({ skipped, listProblem }: Recovery): string {
  return joined(listProblem ?? skipped[0]?.why ?? '', BY_HAND);
}

function isWithoutAny(recovery: Recovery | null): boolean {
  return recovery !== null && recovery.used === null;
}

function joined(...parts: string[]): string {
  return parts.filter(Boolean).join(' ');
}
