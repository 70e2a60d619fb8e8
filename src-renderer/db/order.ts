/**
 * The orders that a list can have, and places in them. An order is a row of stages, each read from one index: one
 * for most; one a status or a kind, as those have few values, newest first within each; and one at the end for
 * rows without a value, whichever way the others go. Pure.
 */

import { assertNever } from '#shared/app-error.ts';
import { JOB_STATUSES, type JobStatus } from '#shared/job/batch-job.ts';
import { BLANK, JOB_BUCKETS, type JobBucket, type JobRow } from './job-row.ts';

export const SORT_COLUMNS = ['status', 'name', 'kind', 'duration', 'created', 'ended'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type Direction = 'asc' | 'desc';

export interface Sort {
  column: SortColumn;
  direction: Direction;
}

export const NEWEST_FIRST: Sort = { column: 'created', direction: 'desc' };

/** `all` is every list but the trash. */
export const JOB_FILTERS = ['all', ...JOB_BUCKETS] as const;
export type JobFilter = 'all' | JobBucket;

/** A place in an order: what comes after it is further down. */
export interface Cursor {
  stage: number;
  value: string | number;
  key: number;
}

/** The part of an index that holds the rows of one list in order: its keys begin with `list`. */
export interface IndexRange {
  index: string;
  list: readonly (string | number)[];
}

export interface Stage {
  ranges: readonly IndexRange[];
  direction: Direction;
  /** True where rows without a value are left to a later stage. */
  skipsBlank: boolean;
}

/** What needs one's eye comes first. */
const STATUS_ORDER: readonly JobStatus[] = [
  'running',
  'pending',
  'created',
  'failed',
  'expired',
  'cancelled',
  'completed',
];
/** As the words of the column are sorted: batch, command, model, record, request, script. */
const KIND_ORDER: readonly JobRow['kindKey'][] = ['batch', 'command', 'llm', '', 'http', 'script'];

const LISTED = JOB_BUCKETS.filter((bucket) => bucket !== 'trash');

/** The stages of an order, in the order in which they are read. */
export function stagesOf(filter: JobFilter, { column, direction }: Sort): Stage[] {
  const buckets = filter === 'all' ? LISTED : [filter];
  switch (column) {
    case 'created':
      return [{ ranges: createdRanges(filter), direction, skipsBlank: false }];
    case 'name':
      return [{ ranges: inBuckets('[bucket+nameKey+key]', buckets), direction, skipsBlank: false }];
    case 'status':
      return directed(STATUS_ORDER, direction).map((status) => ({
        ranges: inBuckets('[bucket+status+createdAtMs+key]', buckets, status),
        direction: 'desc',
        skipsBlank: false,
      }));
    case 'kind':
      return directed(KIND_ORDER, direction).map((kind) => ({
        ranges: inBuckets('[bucket+kindKey+createdAtMs+key]', buckets, kind),
        direction: 'desc',
        skipsBlank: false,
      }));
    case 'duration':
      return withBlanksLast('[bucket+durationMs+key]', buckets, direction);
    case 'ended':
      return withBlanksLast('[bucket+endedAtMs+key]', buckets, direction);
    default:
      return assertNever(column);
  }
}

/** Where the rows of a list are, in the order of their making. */
export function createdRanges(filter: JobFilter): IndexRange[] {
  if (filter === 'all') return [{ index: '[listed+createdAtMs+key]', list: [1] }];
  return JOB_STATUSES.map((status) => ({ index: '[bucket+status+createdAtMs+key]', list: [filter, status] }));
}

/** Where a row stands in an order. */
export function cursorOf({ column, direction }: Sort, row: JobRow): Cursor {
  const { key } = row;
  switch (column) {
    case 'created':
      return { stage: 0, value: row.createdAtMs, key };
    case 'name':
      return { stage: 0, value: row.nameKey, key };
    case 'status':
      return { stage: directed(STATUS_ORDER, direction).indexOf(row.status), value: row.createdAtMs, key };
    case 'kind':
      return { stage: directed(KIND_ORDER, direction).indexOf(row.kindKey), value: row.createdAtMs, key };
    case 'duration':
      return { stage: row.durationMs === BLANK ? 1 : 0, value: row.durationMs, key };
    case 'ended':
      return { stage: row.endedAtMs === BLANK ? 1 : 0, value: row.endedAtMs, key };
    default:
      return assertNever(column);
  }
}

/** Negative where `one` comes before `other`. */
export function comparePlaces(sort: Sort, one: Cursor, other: Cursor): number {
  if (one.stage !== other.stage) return one.stage - other.stage;
  const up = compareValues(one.value, other.value) || one.key - other.key;
  return directionIn(sort, one.stage) === 'asc' ? up : -up;
}

/** True for an order, of whatever was stored as one. */
export function isSort(value: unknown): value is Sort {
  const { column, direction } = (value ?? {}) as Partial<Record<keyof Sort, unknown>>;
  return SORT_COLUMNS.some((each) => each === column) && (direction === 'asc' || direction === 'desc');
}

function directionIn({ column, direction }: Sort, stage: number): Direction {
  const isNewestFirst = column === 'status' || column === 'kind' || stage > 0;
  return isNewestFirst ? 'desc' : direction;
}

/** As IndexedDB compares: numbers by value, strings by their UTF-16 units. */
function compareValues(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function directed<T>(values: readonly T[], direction: Direction): readonly T[] {
  return direction === 'asc' ? values : values.toReversed();
}

function inBuckets(index: string, buckets: readonly JobBucket[], ...more: string[]): IndexRange[] {
  return buckets.map((bucket) => ({ index, list: [bucket, ...more] }));
}

function withBlanksLast(index: string, buckets: readonly JobBucket[], direction: Direction): Stage[] {
  return [
    { ranges: inBuckets(index, buckets), direction, skipsBlank: true },
    {
      ranges: buckets.map((bucket) => ({ index, list: [bucket, BLANK] })),
      direction: 'desc',
      skipsBlank: false,
    },
  ];
}
