/** Who runs next, as many at a time as there are slots: in each queue, and of all queues together. */
import type { WaitReason } from '#shared/contract/runner-state.ts';
import { type ActiveJob, queueOf } from '../active-jobs.ts';
import type { Holds } from '../holds.ts';
import type { NetworkNeed } from './network-need.ts';
import type { Queues } from './queue-settings.ts';
import { comparePlaces, createWaitingLine, type Place, type WaitingLine } from './waiting-line.ts';

export interface Scheduler {
  /** Lines a job up for a slot, or again where its place has changed. */
  enqueue(entry: ActiveJob): void;
  /** A job that wants no slot any more, or not now. */
  withdraw(entry: ActiveJob): void;
  /** Hands out what may be handed out now: to be called when a hold or the settings of a queue change. */
  look(): void;
  /** Begins to hand out slots. */
  start(): void;
  /** Hands out no slot any more. */
  stop(): void;
  slots(): number;
  setSlots(slots: number): void;
  /** How many slots are held. */
  taken(): number;
  /** Why a job that is lined up has no slot yet. */
  waitReason(entry: ActiveJob): WaitReason;
}

export interface SchedulerOptions {
  slots: number;
  queues: Queues;
  holds: Holds;
  /** Such jobs wait while there is none. */
  needsNetwork: NetworkNeed;
  /** Holds a slot until it resolves; never rejects. */
  attempt: (entry: ActiveJob) => Promise<void>;
  /** A slot was given back. */
  released: () => void;
}

interface Line extends WaitingLine {
  name: string;
  taken: number;
}

export function createScheduler({
  queues,
  holds,
  needsNetwork,
  attempt,
  released,
  ...options
}: SchedulerOptions): Scheduler {
  const lines = new Map<string, Line>();
  let slots = atLeastOne(options.slots);
  let taken = 0;
  let tickets = 0;
  let active = false;

  function lineOf(entry: ActiveJob): Line {
    const name = queueOf(entry.job);
    const line = lines.get(name) ?? { ...createWaitingLine(needsNetwork), name, taken: 0 };
    lines.set(name, line);
    return line;
  }

  function hasRoom({ name, taken: held }: Line): boolean {
    return held < (queues.get(name).slots ?? slots);
  }

  /** Between queues the first in line with the highest priority, then the oldest. */
  function next(hasNetwork: boolean): { line: Line; place: Place } | null {
    let best: { line: Line; place: Place } | null = null;
    for (const line of lines.values()) {
      if (queues.get(line.name).mode === 'paused' || !hasRoom(line)) continue;
      const place = line.head(hasNetwork);
      if (place === undefined) {
        if (hasNetwork && line.taken === 0) lines.delete(line.name);
        continue;
      }
      if (best === null || comparePlaces(place, best.place) < 0) best = { line, place };
    }
    return best;
  }

  function fill(): void {
    while (active && taken < slots && holds.reasonFor(false) === null) {
      const found = next(holds.reasonFor(true) === null);
      if (found === null) return;
      found.place.entry.ticket = null;
      begin(found.line, found.place.entry);
    }
  }

  function begin(line: Line, entry: ActiveJob): void {
    taken += 1;
    line.taken += 1;
    void attempt(entry).finally(() => {
      taken -= 1;
      line.taken -= 1;
      fill();
      released();
    });
  }

  return {
    enqueue(entry) {
      tickets += 1;
      lineOf(entry).add(entry, tickets);
      fill();
    },
    withdraw(entry) {
      entry.ticket = null;
    },
    look: fill,
    start() {
      active = true;
      fill();
    },
    stop() {
      active = false;
    },
    slots: () => slots,
    setSlots(wanted) {
      slots = atLeastOne(wanted);
      fill();
    },
    taken: () => taken,
    waitReason(entry) {
      const hold = holds.reasonFor(needsNetwork(entry.job));
      if (hold !== null) return hold;
      const line = lineOf(entry);
      if (queues.get(line.name).mode === 'paused') return 'queue-paused';
      return hasRoom(line) ? 'slot' : 'queue-slot';
    },
  };
}

function atLeastOne(slots: number): number {
  return Math.max(1, Math.trunc(slots) || 1);
}
