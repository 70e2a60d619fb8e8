import { assertNever } from '#shared/app-error.ts';
import type { BackupContents } from '#shared/contract/backups.ts';
import type { RestoreMode } from '../../db/restore-page.ts';
import type { RestorePreview, RestoreReport } from '../../sync/restore.ts';
import { unreadableWords } from '../../words/backup-words.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { WAITING_SENTENCE } from '../../words/waiting-sentence.ts';
import type { RestorePhase, RestoreStep, WorkingStep } from './use-restore.ts';

/** How many jobs a way would bring, change and delete. */
export interface RestoreSums {
  added: number;
  replaced: number;
  removed: number;
}

export function restoreSums(
  { counts, historyAlone, heldAlone }: RestorePreview,
  mode: RestoreMode,
): RestoreSums {
  return {
    added: counts.new,
    replaced: mode === 'add' ? 0 : counts.different,
    removed: mode === 'exact' ? Math.max(0, historyAlone - heldAlone) : 0,
  };
}

/** The ways that there are, and what each would do. */
export function modeOptions(preview: RestorePreview): { value: RestoreMode; label: string; note: string }[] {
  const { counts } = preview;
  return [
    {
      value: 'add',
      label: 'Add what is missing',
      note: `${countOf(counts.new, 'job')}, and nothing else changes.`,
    },
    {
      value: 'replace',
      label: 'Also replace what is different',
      note: `${countOf(counts.different, 'job')}, as they are in the backup.`,
    },
    {
      value: 'exact',
      label: 'Also delete all others',
      note: `${countOf(restoreSums(preview, 'exact').removed, 'job')}. The present history is backed up first.`,
    },
  ];
}

/** What the button says. */
export function restoreLabel({ added, replaced, removed }: RestoreSums): string {
  const total = added + replaced;
  if (total > 0 && removed > 0) return `Restore ${formatCount(total)} and delete ${countOf(removed, 'job')}`;
  if (total > 0) return `Restore ${countOf(total, 'job')}`;
  return removed > 0 ? `Delete ${countOf(removed, 'job')}` : 'Restore';
}

/** What is heard of a step: its beginning, and not how far it is. */
export function stepHeard(step: RestoreStep, mode: RestoreMode): string {
  switch (step.at) {
    case 'choosing':
      return '';
    case 'reading':
      return 'Reading the backup through.';
    case 'comparing':
      return 'Comparing it with the history.';
    case 'shown':
      return (
        step.said?.sentence ??
        whyNothingToRestore(step.preview, mode) ??
        `Compared: ${restoreLabel(restoreSums(step.preview, mode))}.`
      );
    case 'restoring':
      return PHASE_WORDS[step.phase];
    default:
      return assertNever(step);
  }
}

const PHASE_WORDS: Record<RestorePhase, string> = {
  waiting: WAITING_SENTENCE,
  'backing-up': 'Backing up the present history first.',
  restoring: 'Restoring.',
  undoing: 'Taking back what was done.',
};

/** What goes on, and how far it is. */
export function workingWords(step: WorkingStep): string {
  const done = `${formatCount(step.done)} of ${countOf(step.total, 'job')}`;
  switch (step.at) {
    case 'reading':
      return 'Reading the backup through…';
    case 'comparing':
      return `Comparing it with the history: ${done}.`;
    case 'restoring':
      if (step.phase === 'restoring') return `Restoring: ${done}.`;
      if (step.phase === 'undoing') return `Taking back what was done: ${countOf(step.done, 'job')}.`;
      return PHASE_WORDS[step.phase];
    default:
      return assertNever(step);
  }
}

/** Why nothing of it would be done; null where something would. */
export function whyNothingToRestore(preview: RestorePreview, mode: RestoreMode): string | null {
  const { added, replaced, removed } = restoreSums(preview, mode);
  if (added + replaced + removed > 0) return null;
  return mode === 'add' && preview.counts.different > 0
    ? 'Nothing is missing. Choose above whether what is different is replaced.'
    : 'The history has all that is in this backup.';
}

/** What has to be known of a backup before it is taken. */
export function cautions(contents: BackupContents): string[] {
  return [
    contents.isOwn
      ? ''
      : 'This backup was not made here, or was changed since. Jobs that have not run wait for your approval.',
    unreadableWords(contents),
  ].filter((sentence) => sentence !== '');
}

export function restoredWords({ counts, removed }: RestoreReport): { sentence: string; detail: string } {
  const replaced = counts.replaced - removed;
  const brought = counts.added + replaced;
  return {
    sentence: brought === 0 ? 'Restored.' : `${countOf(brought, 'job')} restored.`,
    detail: [
      replaced > 0 ? `${formatCount(replaced)} in the place of what had changed.` : '',
      removed > 0 ? `${countOf(removed, 'job')} deleted that the backup does not have.` : '',
      counts.active > 0 ? `${countOf(counts.active, 'job')} left alone: they run, or have ended since.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  };
}
