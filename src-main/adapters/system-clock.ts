/** The clock of this machine. */
import type { Clock } from '../core/ports.ts';
import { startLongTimer } from './process/long-timer.ts';

export const SYSTEM_CLOCK: Clock = {
  now: () => new Date().toISOString(),
  monotonicNs: () => process.hrtime.bigint(),
  after: startLongTimer,
};
