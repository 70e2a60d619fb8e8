/**
 * Which delivery is sent next: hosts take turns, and each has a part of what is sent at a time, so that one that is
 * slow, or fails, or has a hundred thousand waiting, delays no other.
 */
import type { Delivery } from '#shared/callback/delivery.ts';
import type { CallbackReport, Clock, DeliveryStore } from '../ports.ts';
import type { CallbackSettings } from '../runner-types.ts';
import { timeOf } from '../times.ts';
import { createAlarm } from '../waiting/alarm.ts';
import { hostOf } from './delivery-place.ts';
import { createHostLine, type HostLine } from './host-line.ts';
import { createSlots } from './slots.ts';

export interface Pump {
  /** A delivery was made or changed, and that is durable. */
  told(delivery: Delivery): void;
  /** Sent by hand: it goes before all else of its host. */
  putFirst(delivery: Delivery): void;
  /** Something that it depends on has changed: settings, the network, the journal. */
  look(): void;
  /** How many exchanges go on. */
  sending(): number;
  /** The clock may have been set, or the machine slept. */
  wake(): void;
  start(): void;
  stop(): void;
}

/** A delivery that was handed out. */
export interface Turn {
  /** There is no network, and its host is elsewhere. */
  isOffline(): boolean;
  /** The exchange is over: another may begin. */
  ended(report: CallbackReport): void;
  /** What came of it is durable, or it was broken off. */
  over(): void;
}

export interface PumpContext {
  store: Pick<DeliveryStore, 'hosts' | 'sendable' | 'find' | 'ofJob'>;
  clock: Clock;
  settings: () => CallbackSettings;
  /** False while what came of it could not be written. */
  mayWrite(): boolean;
  hasNetwork(): boolean;
  /** True of what was handed out and is not over, and of what is not to be handed out. */
  isOut(delivery: Delivery): boolean;
  /** Of how many it is true at most. */
  outCount(): number;
  handOut(delivery: Delivery, turn: Turn): void;
  /** The store can't be read. */
  failed(error: unknown): void;
}

/** What was handed out and is not over may be so many times as much as what is sent at a time. */
const MOST_OUT = 4;

export function createPump(context: PumpContext): Pump {
  const { store, clock, settings } = context;
  const lines = new Map<string, HostLine>();
  /** Those that may have something to send, in the order of their turns. */
  const turns = new Set<HostLine>();
  const slots = createSlots();
  const alarm = createAlarm<HostLine>(clock, (line) => {
    turns.add(line);
    pump();
  });
  let out = 0;
  let isActive = false;
  let isScheduled = false;

  function lineOf(host: string): HostLine {
    const line = lines.get(host) ?? createHostLine(host, context);
    lines.set(host, line);
    return line;
  }

  /** Soon: much of what is told is told together, and one look at the store does for all of it. */
  function tryAgain(line: HostLine): void {
    turns.add(line);
    if (isScheduled) return;
    isScheduled = true;
    void Promise.resolve().then(() => {
      isScheduled = false;
      pump();
    });
  }

  function pump(): void {
    try {
      while (isActive && context.mayWrite() && handOutNext());
    } catch (error) {
      context.failed(error);
    }
  }

  function handOutNext(): boolean {
    const { callbacksAtATime: most, callbacksPerHost: mostPerHost } = settings();
    if (slots.taken() >= most || out >= most * MOST_OUT) return false;
    for (const line of turns) {
      const hasRoom = slots.takenBy(line) < Math.min(line.pace.limit(), mostPerHost);
      if (hasRoom && !slots.mayTake(line, most)) continue;
      turns.delete(line);
      const delivery = hasRoom ? nextOf(line) : null;
      if (delivery === null) continue;
      turns.add(line);
      handOut(line, delivery);
      return true;
    }
    return false;
  }

  /** Null where there is none, or none may be sent now; then it is woken when that may be otherwise. */
  function nextOf(line: HostLine): Delivery | null {
    if (isOffline(line)) return null;
    const nowMs = Date.parse(clock.now());
    const restMs = line.pace.restMs(nowMs);
    const delivery = line.take(nowMs, restMs > 0);
    if (delivery !== null) return delivery;
    const nextMs = restMs > 0 ? nowMs + restMs : line.nextMs();
    alarm.set(line, nextMs);
    if (nextMs === null && line.out === 0) lines.delete(line.host);
    return null;
  }

  function handOut(line: HostLine, delivery: Delivery): void {
    out += 1;
    line.out += 1;
    const giveBack = slots.take(line);
    context.handOut(delivery, {
      isOffline: () => isOffline(line),
      ended(report) {
        line.pace.ended(report, Date.parse(clock.now()), settings().callbacksPerHost);
        giveBack();
        tryAgain(line);
      },
      over() {
        out -= 1;
        line.out -= 1;
        giveBack();
        tryAgain(line);
      },
    });
  }

  function isOffline(line: HostLine): boolean {
    return line.isElsewhere && !context.hasNetwork();
  }

  function look(): void {
    for (const line of lines.values()) turns.add(line);
    pump();
  }

  return {
    told({ id, url, nextAttemptAt, updatedAt }) {
      const line = lineOf(hostOf(url));
      line.drop(id);
      // One that is over lets the next of its job and URL go.
      line.told(timeOf(nextAttemptAt ?? updatedAt) ?? 0);
      tryAgain(line);
    },
    putFirst({ id, url }) {
      const line = lineOf(hostOf(url));
      line.putFirst(id);
      tryAgain(line);
    },
    look,
    sending: slots.taken,
    wake() {
      alarm.look();
      look();
    },
    start() {
      isActive = true;
      for (const { host, nextAttemptAt } of store.hosts()) lineOf(host).told(timeOf(nextAttemptAt) ?? 0);
      look();
    },
    stop() {
      isActive = false;
      alarm.stop();
    },
  };
}
