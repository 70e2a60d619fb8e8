/** Tells listeners what became durable. Events of one commit are told together, and before `when` resolves. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import type { JobEvent } from '#shared/job/events.ts';

export interface Announcer {
  event(event: JobEvent): void;
  /** Something in the status may be different now. */
  changed(): void;
  onEvents(listener: (events: readonly JobEvent[]) => void): Disposer;
  onStatus(listener: (status: RunnerStatus) => void): Disposer;
  /** Resolves when it is true. */
  when(isTrue: () => boolean): Promise<void>;
}

export interface AnnouncerSource {
  status(): RunnerStatus;
}

export function createAnnouncer(source: AnnouncerSource): Announcer {
  const eventListeners = new Set<(events: readonly JobEvent[]) => void>();
  const statusListeners = new Set<(status: RunnerStatus) => void>();
  let waiting: { isTrue: () => boolean; resolve: () => void }[] = [];
  let events: JobEvent[] = [];
  let scheduled = false;
  let told = '';

  /** The end of the current turn: every append of one commit has been answered by then. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    void Promise.resolve().then(tell);
  }

  function tell(): void {
    scheduled = false;
    const batch = events;
    events = [];
    const calls = batch.length > 0 ? [...eventListeners].map((listener) => () => listener(batch)) : [];
    callAll([...calls, tellStatus, resolveWaiting]);
  }

  function tellStatus(): void {
    const status = source.status();
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    callAll([...statusListeners].map((listener) => () => listener(status)));
  }

  function resolveWaiting(): void {
    const asked = waiting.map((each) => ({ ...each, isOver: each.isTrue() }));
    waiting = asked.filter(({ isOver }) => !isOver);
    for (const { isOver, resolve } of asked) if (isOver) resolve();
  }

  function subscribe<T>(listeners: Set<T>, listener: T): Disposer {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    event(event) {
      events.push(event);
      schedule();
    },
    changed: schedule,
    onEvents: (listener) => subscribe(eventListeners, listener),
    onStatus: (listener) => subscribe(statusListeners, listener),
    when(isTrue) {
      schedule();
      return new Promise((resolve) => waiting.push({ isTrue, resolve }));
    },
  };
}

/** Calls each even where an earlier one throws, and then throws what the first one threw. */
function callAll(calls: readonly (() => void)[]): void {
  const errors: unknown[] = [];
  for (const call of calls) {
    try {
      call();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
