import type { ImportReport } from '../../sync/import.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import type { ListCounts, Outcome } from './import-listing.ts';

export const OUTCOME_WORDS: Record<Outcome, string> = {
  new: 'New',
  same: 'Here already',
  conflict: 'In conflict',
  invalid: 'Invalid',
};

/**
 * How an import went: what is here now and waits, and what was left out and why.
 * @param waiting how many of the new jobs could run, and wait for an approval
 */
export function importedSentence(
  report: ImportReport,
  waiting: number,
): { sentence: string; detail: string } {
  const added = report.added.length;
  const left = [
    report.same > 0 ? `${formatCount(report.same)} already here` : '',
    report.conflicting.length > 0 ? `${formatCount(report.conflicting.length)} in conflict` : '',
    report.invalid > 0 ? `${formatCount(report.invalid)} not valid` : '',
  ].filter(Boolean);
  return {
    sentence: added === 0 ? 'Nothing new was imported.' : `${countOf(added, 'job')} imported.`,
    detail: [waitingSentence(added, waiting), left.length === 0 ? '' : `Left out: ${left.join(', ')}.`]
      .filter(Boolean)
      .join(' '),
  };
}

function waitingSentence(added: number, waiting: number): string {
  if (waiting === 0) return '';
  if (waiting === added) return `${added === 1 ? 'It waits' : 'They wait'} for your approval to run.`;
  return `${formatCount(waiting)} of them ${waiting === 1 ? 'waits' : 'wait'} for your approval to run.`;
}

/** Why there is nothing to import, or null where there is. */
export function whyNothing(counts: ListCounts): { tone: 'bad' | 'info'; sentence: string } | null {
  if (counts.new > 0) return null;
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
      sentence: `${counts.all === 1 ? 'The document is not valid, so it can not be imported.' : `None of the ${formatCount(counts.all)} documents is valid, so none can be imported.`} What is wrong is said below; correct the file and import it again.`,
    };
  }
  return { tone: 'info', sentence: 'Nothing in it is new: what is valid is in the history already.' };
}

/** What a file or an import holds, in a line: "14 new, 2 invalid; 1 of them repaired". */
export function countsLine(counts: ListCounts): string {
  const parts = [
    [counts.new, 'new'],
    [counts.same, 'here already'],
    [counts.conflict, 'in conflict'],
    [counts.invalid, 'invalid'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  if (said.length === 0) return 'no documents';
  return said.join(', ') + (counts.repaired > 0 ? `; ${formatCount(counts.repaired)} of them repaired` : '');
}
