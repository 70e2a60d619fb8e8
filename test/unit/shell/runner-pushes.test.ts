import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReceiverState } from '#shared/contract/callbacks.ts';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import type { JobEvent } from '#shared/job/events.ts';
import { pushRunner } from '../../../src-main/shell/runner-pushes.ts';

let onEvents: ((events: readonly JobEvent[]) => void) | null;
let onStatus: ((status: RunnerStatus) => void) | null;
let onReceiver: ((state: ReceiverState) => void) | null;
let sent: [string, unknown][];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  stop = pushRunner(
    {
      onEvents(listener) {
        onEvents = listener;
        return () => {
          onEvents = null;
        };
      },
      onStatus(listener) {
        onStatus = listener;
        return () => {
          onStatus = null;
        };
      },
    },
    {
      onChanged(listener) {
        onReceiver = listener;
        return () => {
          onReceiver = null;
        };
      },
    },
    (push, payload) => sent.push([push, payload]),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const commit = (...seqs: number[]): void =>
  onEvents?.(seqs.map((seq) => ({ journalId: 'j', seq })) as unknown as JobEvent[]);
const status = (running: number): void =>
  onStatus?.({ slots: 2, running, pending: 0, callbacksDue: 0, problem: null, queues: [], holds: [] });

it('rings at once for a commit, with its newest event', () => {
  commit(1, 2, 3);
  expect(sent).toEqual([['outbox:grew', { journalId: 'j', seq: 3 }]]);
});

it('tells at most ten of a kind a second, and the newest last', () => {
  for (let tick = 1; tick <= 1000; tick += 1) {
    commit(tick);
    status(tick);
    onReceiver?.({ url: null, hasSecret: false, answerStatus: 200, received: tick });
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(1000);
  const rings = sent.filter(([push]) => push === 'outbox:grew');
  const changes = sent.filter(([push]) => push === 'runner:changed');
  const received = sent.filter(([push]) => push === 'receiver:changed');
  expect(received.length).toBeLessThanOrEqual(11);
  expect(received.at(-1)?.[1]).toMatchObject({ received: 1000 });
  expect(rings.length).toBeLessThanOrEqual(11);
  expect(changes.length).toBeLessThanOrEqual(11);
  expect(rings.at(-1)?.[1]).toEqual({ journalId: 'j', seq: 1000 });
  expect(changes.at(-1)?.[1]).toMatchObject({ running: 1000 });
});

it('says nothing more once stopped', () => {
  commit(1);
  commit(2);
  stop();
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(1);
  expect([onEvents, onStatus, onReceiver]).toEqual([null, null, null]);
});
