/** What of the past is kept, and for how long. Nothing goes by itself before a person has set it. */

export const RETENTION_STATUSES = ['completed', 'failed', 'cancelled', 'expired'] as const;
export type RetentionStatus = (typeof RETENTION_STATUSES)[number];

/** What stays, the newest first; null for no limit. What is beyond any of the three goes. */
export interface RetentionLimits {
  /** Ended so many days ago or less. */
  days: number | null;
  /** So many of them. */
  count: number | null;
  /** So many together, in millions of bytes: jobs with their output, or output alone. */
  megabytes: number | null;
}

/** Output may go before the job that printed it: the record and its previews stay then. */
export interface RetentionRule {
  jobs: RetentionLimits;
  output: RetentionLimits;
}

export type RetentionRules = Record<RetentionStatus, RetentionRule>;

export interface RetentionSettings {
  /** Cleans up at the start and once a day. */
  isAutomatic: boolean;
  rules: RetentionRules;
}

export const MAX_RETENTION = { days: 36_500, count: 10_000_000, megabytes: 10_000_000 } as const;

export const NO_LIMITS: RetentionLimits = { days: null, count: null, megabytes: null };

const KEEP_ALL: RetentionRule = { jobs: NO_LIMITS, output: NO_LIMITS };

export const NO_RETENTION: RetentionSettings = {
  isAutomatic: false,
  rules: { completed: KEEP_ALL, failed: KEEP_ALL, cancelled: KEEP_ALL, expired: KEEP_ALL },
};

export function isWithoutLimits({ days, count, megabytes }: RetentionLimits): boolean {
  return days === null && count === null && megabytes === null;
}
