/** What the preview of an import says of each document, each file and all of them. */
import type { CheckedDocument, DocumentProblem } from '#shared/contract/documents.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ImportedJobs } from '../../db/import-jobs.ts';
import { toRow } from '../../db/to-row.ts';
import { taskLine } from '../../words/kind-words.ts';
import { lookOf, lookWord, needsApproval } from '../../words/status-words.ts';

/** `same` and `conflict`: the history has this id, with the very same content or with another. */
export type Outcome = 'new' | 'same' | 'conflict' | 'invalid';
export type ListFilter = 'all' | 'repaired' | Outcome;

export interface ImportLine {
  /** Its place in the import, from 0. */
  place: number;
  file: string;
  line: number;
  id: string | null;
  name: string;
  outcome: Outcome;
  isRepaired: boolean;
  /** How it ended elsewhere, in a word; null for one that has not. */
  ended: string | null;
  /** What it would run; null for a record without a task, and for what can not be a record. */
  runs: string | null;
  /** What is wrong with an invalid one; what was repaired of any other. */
  notes: readonly DocumentProblem[];
}

export type ListCounts = Record<ListFilter, number> & {
  /** New ones that could run, and wait for an approval. */
  waiting: number;
};

export interface FileListing {
  name: string;
  sizeBytes: number;
  counts: ListCounts;
}

export interface Listing {
  lines: readonly ImportLine[];
  files: readonly FileListing[];
  counts: ListCounts;
}

/** As many lines are kept of each kind: a file may hold a million documents. All are counted and imported. */
const MAX_LINES = 10_000;
const MAX_RUNS_LENGTH = 400;

export function emptyListing(files: readonly { name: string; sizeBytes: number }[]): Listing {
  return { lines: [], files: files.map((file) => ({ ...file, counts: noCounts() })), counts: noCounts() };
}

/** The listing with one more page of documents; the given one stays as it is. */
export function withPage(
  listing: Listing,
  documents: readonly CheckedDocument[],
  compared: ImportedJobs,
): Listing {
  const same = new Set<string>(compared.same);
  const conflicting = new Set<string>(compared.conflicting);
  const lines = [...listing.lines];
  const files = listing.files.map((file) => ({ ...file, counts: { ...file.counts } }));
  const counts = { ...listing.counts };
  for (const document of documents) {
    const { id, job } = document;
    const jobId: string | null = job?.id ?? null;
    const outcome: Outcome =
      jobId === null ? 'invalid' : same.has(jobId) ? 'same' : conflicting.has(jobId) ? 'conflict' : 'new';
    const isRepaired = job !== null && document.repairs.length > 0;
    const waits = outcome === 'new' && job !== null && waitsForApproval(job);
    const place = counts.all;
    const sums = [counts, fileOf(files, document)?.counts].filter((each) => each !== undefined);
    for (const each of sums) {
      each.all += 1;
      each[outcome] += 1;
      if (isRepaired) each.repaired += 1;
      if (waits) each.waiting += 1;
    }
    const kept = isRepaired ? Math.min(counts.repaired, counts[outcome]) : counts[outcome];
    if (kept > MAX_LINES) continue;
    lines.push({
      place,
      file: document.file,
      line: document.line,
      id: jobId ?? id,
      outcome,
      isRepaired,
      notes: job === null ? document.errors : document.repairs,
      ...wordsOf(document),
    });
  }
  return { lines, files, counts };
}

/** The lines that a filter leaves. */
export function filtered(lines: readonly ImportLine[], filter: ListFilter): readonly ImportLine[] {
  if (filter === 'all') return lines;
  return lines.filter((line) => (filter === 'repaired' ? line.isRepaired : line.outcome === filter));
}

function noCounts(): ListCounts {
  return { all: 0, new: 0, repaired: 0, same: 0, conflict: 0, invalid: 0, waiting: 0 };
}

/** Two files of one name come one after the other: the second begins where the index begins anew. */
function fileOf(files: FileListing[], { file, index }: CheckedDocument): FileListing | undefined {
  const named = files.filter((each) => each.name === file);
  return named.find((each) => each.counts.all === index) ?? named.at(-1);
}

function waitsForApproval(job: BatchJob): boolean {
  const row = toRow(job, { origin: 'imported' });
  return needsApproval(row) && row.status !== 'running';
}

function wordsOf({ job, id, index }: CheckedDocument): Pick<ImportLine, 'name' | 'runs' | 'ended'> {
  if (job === null) return { name: id ?? `Document ${index + 1}`, runs: null, ended: null };
  const row = toRow(job, { origin: 'imported' });
  const look = lookOf(row);
  const task = jobdeckOf(job)?.task;
  return {
    name: row.name,
    runs: task === undefined ? null : taskLine(task, jobdeckOf(job)).slice(0, MAX_RUNS_LENGTH),
    ended: look === 'saved' ? null : lookWord(look).toLowerCase(),
  };
}
