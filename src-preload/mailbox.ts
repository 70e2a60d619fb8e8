import type { Disposer } from '#shared/contract/app-api.ts';

/** Passes values on to its listeners, and keeps the newest one while it has none. */
export function mailbox<T>(): {
  deliver: (value: T) => void;
  subscribe: (listener: (value: T) => void) => Disposer;
} {
  const listeners = new Set<(value: T) => void>();
  let kept: { value: T } | null = null;
  return {
    deliver(value) {
      if (listeners.size === 0) kept = { value };
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      if (kept !== null) {
        const { value } = kept;
        kept = null;
        listener(value);
      }
      return () => void listeners.delete(listener);
    },
  };
}
