/** How long a job may take and print, and what is done when it fails. */
import { RETRY_CAUSES, type RetryCause } from '#shared/job/jobdeck-metadata.ts';
import { type Fields, flag, inJobdeck, number, oneOf } from './fields.ts';

const USUAL_CAUSES: readonly RetryCause[] = ['exit-code', 'timeout', 'network', 'http-5xx', 'http-429'];

export interface FailureForm {
  timeoutMs: number | null;
  killGraceMs: number | null;
  maxOutputBytes: number | null;
  onInterrupt: 'fail' | 'rerun';
  maxAttempts: number | null;
  backoffMs: number | null;
  factor: number | null;
  maxBackoffMs: number | null;
  jitter: boolean;
  causes: readonly RetryCause[];
  exitCodes: number[];
}

export const FAILURE_FIELDS: Fields<FailureForm> = {
  timeoutMs: inJobdeck('timeout_ms', number),
  killGraceMs: inJobdeck('kill_grace_ms', number),
  maxOutputBytes: inJobdeck('max_output_bytes', number),
  onInterrupt: inJobdeck('on_interrupt', oneOf(['fail', 'rerun'])),
  maxAttempts: inJobdeck('retry/max_attempts', number),
  backoffMs: inJobdeck('retry/backoff_ms', number),
  factor: inJobdeck('retry/factor', number),
  maxBackoffMs: inJobdeck('retry/max_backoff_ms', number),
  jitter: inJobdeck('retry/jitter', flag(true)),
  causes: inJobdeck('retry/on', {
    read: (value) =>
      Array.isArray(value) ? RETRY_CAUSES.filter((cause) => value.includes(cause)) : USUAL_CAUSES,
    write: (causes) => (isUsual(causes) ? undefined : causes),
  }),
  exitCodes: inJobdeck('retry/exit_codes', {
    read: (value) => (Array.isArray(value) ? value.filter((each) => Number.isInteger(each)) : []),
    write: (codes) => (codes.length === 0 ? undefined : codes),
  }),
};

/** The codes of a line such as "1, 75"; undefined where one of them is none. */
export function parseExitCodes(line: string): number[] | undefined {
  const all = line.split(/[\s,]+/u).filter((each) => each !== '');
  return all.every((each) => /^-?\d{1,10}$/u.test(each)) ? all.map(Number) : undefined;
}

function isUsual(causes: readonly RetryCause[]): boolean {
  return causes.length === USUAL_CAUSES.length && USUAL_CAUSES.every((cause) => causes.includes(cause));
}
