import type { BackupContents, BackupCounts, BackupReason } from '#shared/contract/backups.ts';
import { countOf } from './count-words.ts';

/** Why a backup was made. */
export const BACKUP_REASON_WORDS: Record<BackupReason, string> = {
  schedule: 'On the schedule',
  manual: 'By hand',
  migration: 'Before an update',
  restore: 'Before a restore',
};

const exactTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** "24 Nov 2026, 19:13": when a backup was made. */
export function backupTime(createdAt: string): string {
  return exactTime.format(Date.parse(createdAt));
}

/** "1,204 jobs, 30 callbacks, 2 views". */
export function backupCountWords({ job, delivery, view }: BackupCounts): string {
  const more = [
    delivery > 0 ? countOf(delivery, 'callback') : '',
    view > 0 ? countOf(view, 'saved view') : '',
  ];
  return [countOf(job, 'job'), ...more].filter(Boolean).join(', ');
}

/** What of a backup stays out; '' where all of it can be read. */
export function unreadableWords({
  unreadable,
  firstProblem,
}: Pick<BackupContents, 'unreadable' | 'firstProblem'>): string {
  if (unreadable === 0) return '';
  return `${countOf(unreadable, 'record')} of it cannot be read and ${unreadable === 1 ? 'stays' : 'stay'} out. ${firstProblem}`;
}
