import { MAX_RETENTION, type RetentionLimits } from '#shared/contract/retention.ts';

export type LimitName = keyof RetentionLimits;

/** Null for no limit, which nothing at all says; undefined for what is no limit. */
export function parseLimit(name: LimitName, text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const least = name === 'count' ? 0 : 1;
  const value = /^\d{1,9}$/u.test(trimmed) ? Number(trimmed) : Number.NaN;
  return value >= least && value <= MAX_RETENTION[name] ? value : undefined;
}
