/** Jobs that never ran anywhere: for tests and for looking at the window in a browser. Deterministic. */
import type { BatchJob, JobStatus } from '#shared/job/batch-job.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { type AttemptEnd, transition } from '#shared/job/transition.ts';

export const SAMPLE_PROFILE_ID = 'user-3f0a7a52-6c1b-4b8e-9a51-0d2c8e6b7f14';
const START_MS = Date.parse('2026-11-01T08:00:00.000Z');

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A version 4 UUID that is the same for the same number. */
export function sampleUuid(number: number): string {
  const random = seededRandom(number);
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const REQUESTS: readonly JobdeckRequest[] = [
  { name: 'Checksum photos', tags: ['photos'], task: { kind: 'command', shell: 'sha256sum /photos/*.jpg' } },
  {
    name: 'Résumé of papers',
    tags: ['papers'],
    task: { kind: 'command', program: 'summarise', args: ['papers/'] },
  },
  {
    name: 'Nightly export',
    tags: ['nightly'],
    task: { kind: 'script', interpreter: 'bash', source: 'pg_dump shop' },
  },
  { task: { kind: 'script', interpreter: 'python3', source: '#!/usr/bin/env python3\nprint(1 + 1)\n' } },
  {
    name: 'Convert videos',
    tags: ['video', 'photos'],
    task: { kind: 'command', shell: 'ffmpeg -i a.mov a.mp4' },
  },
];

/** The `index`th sample: created one minute after the one before it. */
export function sampleJob(index: number, request: JobdeckRequest = {}): BatchJob {
  const now = new Date(START_MS + index * 60_000).toISOString();
  return newJob(
    { ...REQUESTS[index % REQUESTS.length], ...request },
    { now, uuid: () => sampleUuid(index + 1), by: SAMPLE_PROFILE_ID },
  );
}

/** A sample brought to a status, as the runner would have done it. */
export function sampleJobIn(status: JobStatus, index: number, request: JobdeckRequest = {}): BatchJob {
  return inStatus(
    sampleJob(index, request),
    status,
    new Date(START_MS + index * 60_000 + 5000).toISOString(),
  );
}

/** Samples of every status, for a history that looks lived in. */
export function sampleHistory(count: number): BatchJob[] {
  const statuses: readonly JobStatus[] = [
    'completed',
    'completed',
    'failed',
    'completed',
    'cancelled',
    'created',
  ];
  return Array.from({ length: count }, (_, index) =>
    sampleJobIn(statuses[index % statuses.length] ?? 'created', index),
  );
}

function inStatus(job: BatchJob, status: JobStatus, now: string): BatchJob {
  const by = SAMPLE_PROFILE_ID;
  const pending = () => transition(job, { type: 'submit', by }, now).job;
  const running = () => transition(pending(), { type: 'start', by, background: false }, now).job;
  switch (status) {
    case 'created':
      return job;
    case 'pending':
      return pending();
    case 'running':
      return running();
    case 'completed':
      return transition(running(), { type: 'complete', by, end: endOf(0, 'done\n') }, now).job;
    case 'failed':
      return transition(running(), { type: 'fail', by, end: endOf(3, ''), error: exitError(3) }, now).job;
    case 'cancelled':
      return transition(pending(), { type: 'cancel', by }, now).job;
    case 'expired':
      return transition(pending(), { type: 'expire', by }, now).job;
  }
}

/** The end of an attempt that printed `stdout`. */
export function endOf(exitCode: number, stdout: string): AttemptEnd {
  return {
    durationNs: 2_500_000_000,
    ttftNs: stdout === '' ? null : 12_000_000,
    totalDurationNs: 2_500_000_000,
    result: {
      exit_code: exitCode,
      signal: null,
      stdout: stdout.slice(0, 4096),
      stderr: '',
      stdout_bytes: new TextEncoder().encode(stdout).length,
      stderr_bytes: 0,
      truncated: stdout.length > 4096,
    },
  };
}

export function exitError(exitCode: number) {
  return { code: 'exit-code', message: `The program ended with exit code ${exitCode}.` } as const;
}

export function nameOf(job: BatchJob): string {
  return jobdeckOf(job)?.name ?? job.id;
}
