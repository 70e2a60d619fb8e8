/** Schedules without a calendar: `every 60` is each time whose seconds since 1970 can be divided by 60. */
import { AppError } from '#shared/app-error.ts';
import type { Cron } from '../../src-main/core/ports.ts';

export function createFakeCron(): Cron {
  return {
    next({ cron, until }, after) {
      const seconds = Number(/^every (\d+)$/u.exec(cron)?.[1]);
      if (!Number.isSafeInteger(seconds)) {
        throw new AppError('bad-request', `Expected every N, got ${JSON.stringify(cron)}.`);
      }
      const stepMs = seconds * 1000;
      const nextMs = (Math.floor(Date.parse(after) / stepMs) + 1) * stepMs;
      return until != null && nextMs > Date.parse(until) ? null : new Date(nextMs).toISOString();
    },
  };
}
