/** What the preview says of one document in its line. */
import type { DocumentProblem, ImportedDocument, RepairKind } from '#shared/contract/documents.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { Comparison } from '../../db/import-compare.ts';
import { toRow } from '../../db/to-row.ts';
import { judged } from '../../sync/imports/import-reading.ts';
import type { Judged } from '../../sync/imports/import-tally.ts';
import { taskLine } from '../../words/kind-words.ts';
import { lookOf, lookWord } from '../../words/status-words.ts';

export interface ImportLine extends Judged {
  file: string;
  line: number;
  id: string | null;
  name: string;
  repairs: readonly RepairKind[];
  /** How it ended elsewhere, in a word; null for one that has not. */
  ended: string | null;
  /** What it would run; null for a record without a task, and for what can not be a record. */
  runs: string | null;
  /** What is wrong with an invalid one; what was repaired of any other. The first of them. */
  notes: readonly DocumentProblem[];
  noteCount: number;
}

const MAX_RUNS_LENGTH = 400;
/** More are not shown of one document: a hostile one may have a million. */
const MAX_NOTES = 100;

/** @param comparison what the history says of it; undefined for one that can not be a record */
export function importLine(document: ImportedDocument, comparison: Comparison | undefined): ImportLine {
  const { file, line, id, job, index } = document;
  const notes = job === null ? document.errors : document.repairs;
  const row = job === null ? null : toRow(job, { origin: 'imported' });
  const look = row === null ? 'saved' : lookOf(row);
  const jobdeck = job === null ? undefined : jobdeckOf(job);
  return {
    ...judged(document, comparison),
    file,
    line,
    id: job?.id ?? id,
    name: row?.name ?? id ?? `Document ${index + 1}`,
    ended: look === 'saved' ? null : lookWord(look).toLowerCase(),
    runs: jobdeck?.task === undefined ? null : taskLine(jobdeck.task, jobdeck).slice(0, MAX_RUNS_LENGTH),
    notes: notes.slice(0, MAX_NOTES),
    noteCount: notes.length,
  };
}
