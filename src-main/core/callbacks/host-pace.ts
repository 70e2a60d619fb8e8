/**
 * How fast a host is sent to: it begins with one message at a time, takes one more with each exchange, and half as
 * many when it says that it is too much (429, 502, 503, 504).
 */
import type { CallbackReport } from '../ports.ts';

/** The longest that all of a host is left alone because of one answer. */
export const MAX_REST_MS = 60_000;
/** A host whose last exchange took longer is a slow one: all of those together get half of what is sent at a time. */
export const SLOW_MS = 2000;

/** Where the host does not say how long: so long after the first such answer, and twice as long after each next one. */
const FIRST_REST_MS = 100;
const MAX_OWN_REST_MS = 1000;
const TOO_MUCH: readonly (number | null)[] = [429, 502, 503, 504];

type Exchange = Pick<CallbackReport, 'statusCode' | 'durationMs' | 'retryAfterMs'>;

export interface HostPace {
  /** How many may be on their way now. */
  limit(): number;
  /** For how much longer it is left alone, milliseconds. */
  restMs(nowMs: number): number;
  isSlow(): boolean;
  /**
   * An exchange ended.
   * @param nowMs milliseconds since 1970
   * @param mostAtATime of the settings
   */
  ended(report: Exchange, nowMs: number, mostAtATime: number): void;
}

export function createHostPace(): HostPace {
  let limit = 1;
  let refusals = 0;
  let restsUntilMs = 0;
  let isSlow = false;

  function askedToRest(retryAfterMs: number | undefined, nowMs: number): void {
    limit = Math.max(1, Math.floor(limit / 2));
    const ownMs = Math.min(FIRST_REST_MS * 2 ** refusals, MAX_OWN_REST_MS);
    refusals += 1;
    restsUntilMs = Math.max(restsUntilMs, nowMs + Math.min(retryAfterMs ?? ownMs, MAX_REST_MS));
  }

  return {
    limit: () => limit,
    restMs(nowMs) {
      const leftMs = restsUntilMs - nowMs;
      // Longer than any rest: the clock was set back.
      return leftMs > MAX_REST_MS ? 0 : Math.max(0, leftMs);
    },
    isSlow: () => isSlow,
    ended({ statusCode, durationMs, retryAfterMs }, nowMs, mostAtATime) {
      isSlow = durationMs > SLOW_MS;
      if (TOO_MUCH.includes(statusCode)) return askedToRest(retryAfterMs, nowMs);
      refusals = 0;
      limit = Math.min(limit + 1, mostAtATime);
    },
  };
}
