/** What a term of a search says. */
import type { JobStatus } from '#shared/job/batch-job.ts';
import type { JobRow } from '../job-row.ts';

/** How an index finds the rows of a term, and perhaps some more: every row found is tested. */
export type Source =
  /** Entries of the index of words that begin so. */
  | { by: 'prefix'; prefix: string }
  /** Any of these words, whole. */
  | { by: 'words'; words: readonly string[] }
  | { by: 'status'; statuses: readonly JobStatus[] }
  | { by: 'kind'; kinds: readonly JobRow['kindKey'][] }
  | { by: 'id'; prefixes: readonly string[] }
  /** From the one to the other, both included. */
  | { by: 'created' | 'ended' | 'duration'; from: number; to: number }
  | { by: 'either'; sources: readonly Source[] };

export interface Condition {
  test: (row: JobRow) => boolean;
  /** What its negation leaves out, where that is more than `test` finds. */
  leavesOut?: (row: JobRow) => boolean;
  /** Each of them alone finds all rows of the condition, and perhaps more; empty where only reading on finds them. */
  sources: readonly Source[];
}

export type Reading =
  | { kind: 'condition'; condition: Condition }
  /** Half typed, or without a letter or digit: nothing to search by. */
  | { kind: 'unfinished' }
  /** What is wrong with it and what was expected, in a sentence; perhaps the value that was meant. */
  | { kind: 'wrong'; message: string; suggestion: string | null };

export interface ReadingContext {
  nowMs: number;
  /** True for the term at the end, which may still be typed. */
  isLast: boolean;
  isQuoted: boolean;
}

export const UNFINISHED: Reading = { kind: 'unfinished' };

export function condition(test: Condition['test'], ...sources: Source[]): Reading {
  return { kind: 'condition', condition: { test, sources } };
}

export function wrong(message: string, suggestion: string | null = null): Reading {
  return { kind: 'wrong', message, suggestion };
}
