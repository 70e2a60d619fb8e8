/** How long an exchange may take, and who may break it off. */

export interface ExchangeLimits {
  /** Aborted by either. */
  signal: AbortSignal;
  /** Which of the two it was; null while neither. */
  reached(): 'time' | 'broken-off' | null;
  /** Call when the exchange is over: a thousand a second must not leave a thousand timers. */
  end(): void;
}

export function startLimits(outer: AbortSignal, timeoutMs: number): ExchangeLimits {
  const inner = new AbortController();
  let reached: 'time' | 'broken-off' | null = null;
  const stop = (why: 'time' | 'broken-off') => {
    reached ??= why;
    inner.abort();
  };
  const onAbort = () => stop('broken-off');
  outer.addEventListener('abort', onAbort, { once: true });
  if (outer.aborted) onAbort();
  const timer = setTimeout(() => stop('time'), timeoutMs);
  return {
    signal: inner.signal,
    reached: () => reached,
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', onAbort);
    },
  };
}
