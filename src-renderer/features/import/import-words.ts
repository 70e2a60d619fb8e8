import type { ImportOpened, RepairKind } from '#shared/contract/documents.ts';
import type { ConflictChoice } from '../../db/import-page.ts';
import { broughtBy, type ImportCounts, importNoun } from '../../db/import-row.ts';
import type { Forecast } from '../../sync/imports/import-plan.ts';
import type { ListFilter } from '../../sync/imports/import-tally.ts';
import type { UndoReport } from '../../sync/imports/undo-import.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { undoneWords } from '../../words/undone-words.ts';

export const FILTER_WORDS: Record<ListFilter, string> = {
  all: 'All',
  new: 'New',
  repaired: 'Repaired',
  same: 'Here already',
  conflict: 'In conflict',
  invalid: 'Invalid',
};

export const CHOICE_WORDS: Record<ConflictChoice, string> = {
  mine: 'Keep mine',
  theirs: 'Take theirs',
  both: 'Keep both',
};

/** What each repair does. */
export const REPAIR_WORDS: Record<RepairKind, string> = {
  'unknown-keys': 'Unknown properties kept in the metadata',
  'metadata-name': '“metadata_” read as “metadata”',
  'date-time': 'Date-times written in another way',
  'callback-none': 'The callback URL “None” read as none',
  'integer-form': 'Integers written with a fraction or an exponent',
  'status-elsewhere': 'What was waiting or running elsewhere made a saved job',
  given: 'An id or a time of creation given where there was none',
  encoding: 'Text in UTF-16 or with a byte order mark',
};

/** What becomes of a document, in its line. */
export const BECOMES_WORDS: Record<keyof ImportCounts, string> = {
  added: 'New',
  replaced: 'Replaces mine',
  copied: 'Beside mine',
  same: 'Here already',
  kept: 'Mine is kept',
  active: 'Mine is active',
  refused: 'Left out',
  invalid: 'Invalid',
};

/** What an import is called: after its file, or how many there are. */
export function nameOf(files: ImportOpened['files']): string {
  const [only] = files;
  return files.length === 1 && only ? only.name : countOf(files.length, 'file');
}

/** What was found, in a line. */
export function listedWords(counts: Readonly<Record<ListFilter, number>>): string {
  const parts = (['new', 'same', 'conflict', 'invalid', 'repaired'] as const).filter(
    (filter) => counts[filter] > 0,
  );
  const said = parts.map((filter) => `${formatCount(counts[filter])} ${FILTER_WORDS[filter].toLowerCase()}`);
  return `${countOf(counts.all, 'document')} read${said.length === 0 ? '' : `: ${said.join(', ')}`}.`;
}

/** What the button that imports says. */
export function importLabel(sums: Forecast, isWhole: boolean): string {
  const brought = broughtBy(sums);
  if (brought > 0) return `Import ${countOf(brought, 'job')}`;
  return isWhole ? 'Nothing to import' : 'Import';
}

/** What is heard of a preview: how it was read, how an import of it ended, and what each decision makes of it. */
export function previewHeard(state: {
  counts: Readonly<Record<ListFilter, number>>;
  sums: Forecast;
  isWhole: boolean;
  decided: string | null;
  said: string | null;
}): string {
  const { counts, sums, isWhole, decided, said } = state;
  if (!isWhole) return 'Reading the files.';
  const label = `${importLabel(sums, isWhole)}.`;
  if (decided !== null) return [decided, label].filter(Boolean).join(' ');
  return said ?? `${listedWords(counts)} ${label}`;
}

/** How an import went: what is here now and waits, and what was left out and why. */
export function importedWords(counts: ImportCounts, waiting: number): { sentence: string; detail: string } {
  const brought = broughtBy(counts);
  const how = [
    counts.replaced > 0 ? `${formatCount(counts.replaced)} in the place of yours` : '',
    counts.copied > 0 ? `${formatCount(counts.copied)} beside yours` : '',
  ].filter(Boolean);
  const left = leftOutWords(counts);
  return {
    sentence: brought === 0 ? 'Nothing was imported.' : `${countOf(brought, 'job')} imported.`,
    detail: [
      how.length === 0 ? '' : `Of them ${how.join(' and ')}.`,
      waitingSentence(brought, waiting),
      left === '' ? '' : `Left out: ${left}.`,
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** How many a report tells of: those that a person may want to put right. */
export function leftForGood({ invalid, refused }: Pick<ImportCounts, 'invalid' | 'refused'>): number {
  return invalid + refused;
}

/** "1 already here, 2 not valid"; '' where nothing was left out. */
export function leftOutWords(counts: ImportCounts): string {
  const parts = [
    [counts.same, 'already here'],
    [counts.kept, 'in conflict'],
    [counts.active, 'in conflict with an active job'],
    [counts.refused, 'with a refused repair'],
    [counts.invalid, 'not valid'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${formatCount(count)} ${words}`)
    .join(', ');
}

function waitingSentence(brought: number, waiting: number): string {
  if (waiting === 0) return '';
  if (waiting === brought) return `${brought === 1 ? 'It waits' : 'They wait'} for your approval to run.`;
  return `${formatCount(waiting)} of them ${waiting === 1 ? 'waits' : 'wait'} for your approval to run.`;
}

/** Why there is nothing to import, or null where there is. */
export function whyNothing(
  counts: Readonly<Record<ListFilter, number>>,
  sums: Forecast,
): { tone: 'bad' | 'info'; sentence: string } | null {
  if (broughtBy(sums) > 0) return null;
  if (counts.all === 0) {
    return {
      tone: 'bad',
      sentence:
        'There is no document in it. Expected one JSON document, an array of them, or one a line (NDJSON).',
    };
  }
  if (counts.invalid === counts.all) {
    return {
      tone: 'bad',
      sentence: `${counts.all === 1 ? 'The document is not valid, so it cannot be imported.' : `None of the ${formatCount(counts.all)} documents is valid, so none can be imported.`} What is wrong is said below; correct the file and import it again.`,
    };
  }
  if (sums.refused > 0) {
    return {
      tone: 'info',
      sentence: 'All that is new needs a repair that you refused. Accept it to import.',
    };
  }
  if (sums.kept > 0) {
    return {
      tone: 'info',
      sentence: 'Nothing in it is new. Choose below what becomes of the documents in conflict.',
    };
  }
  return { tone: 'info', sentence: 'Nothing in it is new: what is valid is in the history already.' };
}

/** "And 1 more field that differs.": what a table of differences does not show. */
export function moreFieldsWords(count: number): string {
  return `And ${countOf(count, 'more field')} that ${count === 1 ? 'differs' : 'differ'}.`;
}

/** How an import that was left in the middle was undone at the start. */
export function recoveredWords(report: UndoReport): { sentence: string; detail: string } {
  const { name, state } = report.import;
  const what = importNoun(report.import) === 'restore' ? `restore “${name}”` : `import of ${name}`;
  const { sentence, detail } = undoneWords(report);
  const why =
    state === 'running'
      ? `The ${what} was interrupted, so nothing of it is kept.`
      : `The undoing of the ${what} was interrupted, and is finished now.`;
  return { sentence: why, detail: [sentence, detail].filter(Boolean).join(' ') };
}
