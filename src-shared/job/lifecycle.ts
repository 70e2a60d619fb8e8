/** Which status may follow which: the one table. */
import type { JobStatus } from './batch-job.ts';

export const LIFECYCLE = {
  created: ['pending', 'cancelled', 'expired'],
  // `failed`: what it waited for failed, so it was never tried.
  pending: ['running', 'cancelled', 'expired', 'failed'],
  running: ['completed', 'failed', 'cancelled', 'expired', 'pending'],
  completed: [],
  failed: [],
  cancelled: [],
  expired: [],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

export const TERMINAL_STATUSES = ['completed', 'failed', 'cancelled', 'expired'] as const;
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

export const ACTIVE_STATUSES = ['pending', 'running'] as const;
export type ActiveStatus = (typeof ACTIVE_STATUSES)[number];

export function isTerminal(status: JobStatus): status is TerminalStatus {
  return LIFECYCLE[status].length === 0;
}

/** True while the runner owns the job; before and after that the history does. */
export function isActive(status: JobStatus): status is ActiveStatus {
  return status === 'pending' || status === 'running';
}

export function mayFollow(from: JobStatus, to: JobStatus): boolean {
  return (LIFECYCLE[from] as readonly JobStatus[]).includes(to);
}
