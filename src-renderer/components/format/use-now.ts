import { useSyncExternalStore } from 'react';

type Ticker = { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | null };

const tickers = new Map<number, Ticker>();

function tickerOf(everyMs: number): Ticker {
  let ticker = tickers.get(everyMs);
  if (ticker === undefined) {
    ticker = { now: Date.now(), listeners: new Set(), timer: null };
    tickers.set(everyMs, ticker);
  }
  return ticker;
}

/** The time, renewed every so many milliseconds; everything that ticks at one rate shares one timer. */
export function useNow(everyMs: 1000 | 15_000): number {
  const ticker = tickerOf(everyMs);
  return useSyncExternalStore(
    (listener) => {
      ticker.listeners.add(listener);
      ticker.timer ??= setInterval(() => {
        ticker.now = Date.now();
        for (const each of ticker.listeners) each();
      }, everyMs);
      return () => {
        ticker.listeners.delete(listener);
        if (ticker.listeners.size === 0 && ticker.timer !== null) {
          clearInterval(ticker.timer);
          ticker.timer = null;
        }
      };
    },
    () => {
      // With nobody listening the timer rests, and its last time is old.
      if (ticker.timer === null && Date.now() - ticker.now > everyMs) ticker.now = Date.now();
      return ticker.now;
    },
  );
}
