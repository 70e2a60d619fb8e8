/** What the runner says of itself: its slots, its queues, what holds it up, and how far jobs are. */

import type { ItemStatusCounts } from '../job/items.ts';
import type { JobId } from '../job/job-id.ts';

export const DEFAULT_QUEUE = 'default';

export const QUEUE_MODES = ['open', 'paused', 'draining'] as const;
/** `paused` starts nothing; `draining` takes no new jobs and runs what it has. */
export type QueueMode = (typeof QUEUE_MODES)[number];

export interface QueueSettings {
  name: string;
  /** How many of its jobs run at a time; null for as many as the runner has slots. */
  slots: number | null;
  mode: QueueMode;
}

export interface QueueState extends QueueSettings {
  running: number;
  pending: number;
}

/** Why the runner starts no job, or none of a kind, although it has a slot. */
export const HOLD_REASONS = ['journal', 'disk-full', 'battery', 'network', 'finishing'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export interface Hold {
  reason: HoldReason;
  /** What happened, and what ends it. */
  message: string;
}

export interface RunnerStatus {
  slots: number;
  running: number;
  pending: number;
  callbacksDue: number;
  /** A sentence while something keeps the runner from working, such as a full disk; null when all is well. */
  problem: string | null;
  /** Those with settings or with jobs; the default one first, then by name. */
  queues: QueueState[];
  holds: Hold[];
}

/** What a pending job waits for. */
export const WAIT_REASONS = [
  'slot',
  'queue-slot',
  'queue-paused',
  'dependency',
  'not-before',
  'retry',
  'duplicate',
  ...HOLD_REASONS,
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** How far an active job is. */
export interface JobProgress {
  id: JobId;
  /** Of a pending job. */
  waitsFor: WaitReason | null;
  /** When it is looked at again, RFC 3339: its `not_before`, or its next attempt. */
  waitsUntil: string | null;
  suspended: boolean;
  batch: BatchProgress | null;
}

export interface BatchProgress {
  /** False while its items are still read. */
  isLoaded: boolean;
  counts: ItemStatusCounts;
  /** From recent throughput; null where there is too little of it to tell. */
  itemsPerSecond: number | null;
  etaMs: number | null;
}
