import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryState } from '#shared/callback/delivery.ts';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { Log } from '../../../../src-main/shell/log.ts';
import {
  type Notifications,
  startNotifications,
} from '../../../../src-main/shell/notifications/notifications.ts';

const electron = vi.hoisted(() => ({ shown: [] as unknown[], isSupported: true }));
vi.mock('electron', () => ({
  Notification: class extends EventEmitter {
    static isSupported = () => electron.isSupported;
    readonly text: unknown;
    constructor(text: unknown) {
      super();
      this.text = text;
    }
    show(): void {
      electron.shown.push(this);
    }
  },
}));

let listeners: Set<(events: readonly JobEvent[]) => void>;
let settings: typeof DEFAULT_SETTINGS;
let clicked: unknown[];
let log: ReturnType<typeof vi.fn<Log>>;
let notifications: Notifications;
const shown = (): (EventEmitter & { text: { title: string; body: string } })[] => electron.shown as never;

beforeEach(() => {
  vi.useFakeTimers();
  electron.shown = [];
  electron.isSupported = true;
  listeners = new Set();
  settings = { ...DEFAULT_SETTINGS };
  clicked = [];
  log = vi.fn<Log>();
  notifications = startNotifications({
    runner: {
      onEvents(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    readSettings: () => settings,
    onClicked: (jobId) => clicked.push(jobId),
    log,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function happens(
  ...events: {
    type: JobEvent['type'];
    id: string;
    status?: BatchJob['status'];
    deliveries?: { state: DeliveryState; reason: string | null }[];
  }[]
): void {
  const list = events.map(({ type, id, status = 'completed', deliveries }) => ({
    type,
    ...(deliveries && { deliveries }),
    job: { id, status, total_duration_ns: null, metadata: null },
  }));
  for (const listener of listeners) listener(list as unknown as JobEvent[]);
}

describe('notifications', () => {
  it('tell of an end, and of no other event', () => {
    happens(
      { type: 'submitted', id: 'job-a' },
      { type: 'started', id: 'job-a' },
      { type: 'callback-recorded', id: 'job-b' },
      { type: 'ended', id: 'job-a' },
    );
    vi.runAllTimers();
    expect(shown().map(({ text }) => text)).toEqual([{ title: 'job-a', body: 'Completed.' }]);
  });

  it('follow the settings as they are when a job ends', () => {
    settings.notifyWhen = 'failures';
    happens({ type: 'ended', id: 'job-a' });
    vi.runAllTimers();
    expect(shown()).toEqual([]);
    settings.notifyWhen = 'all';
    happens({ type: 'ended', id: 'job-b' });
    vi.runAllTimers();
    expect(shown()).toHaveLength(1);
  });

  it('make one of many, whose click names no job', () => {
    happens({ type: 'ended', id: 'job-a' }, { type: 'ended', id: 'job-b', status: 'failed' });
    vi.runAllTimers();
    expect(shown().map(({ text }) => text.title)).toEqual(['2 jobs ended']);
    shown()[0]?.emit('click');
    expect(clicked).toEqual([null]);
  });

  it('name their job when clicked', () => {
    happens({ type: 'ended', id: 'job-a' });
    vi.runAllTimers();
    shown()[0]?.emit('click');
    expect(clicked).toEqual(['job-a']);
  });

  const callback = (id: string, state: DeliveryState, reason: string | null = null) => ({
    type: 'callback-recorded' as const,
    id,
    deliveries: [{ state, reason }],
  });

  it('tell of a callback that was given up or needs the person, and of no other', () => {
    settings.notifyWhen = 'failures';
    happens(callback('job-a', 'due'), callback('job-a', 'delivered'), callback('job-b', 'stopped'));
    vi.runAllTimers();
    expect(shown()).toEqual([]);
    happens(callback('job-c', 'abandoned', 'All 10 attempts failed.'));
    vi.runAllTimers();
    happens(callback('job-d', 'held', 'It leads to http://127.0.0.1:1.'));
    vi.runAllTimers();
    expect(shown().map(({ text }) => text)).toEqual([
      { title: 'job-c', body: 'The callback was given up: All 10 attempts failed.' },
      { title: 'job-d', body: 'The callback waits for you: It leads to http://127.0.0.1:1.' },
    ]);
    shown()[0]?.emit('click');
    expect(clicked).toEqual(['job-c']);
  });

  it('make one of many callbacks', () => {
    happens(callback('job-a', 'abandoned'), callback('job-b', 'held'), callback('job-c', 'abandoned'));
    vi.runAllTimers();
    expect(shown().map(({ text }) => text)).toEqual([
      {
        title: '3 callbacks were not delivered',
        body: '2 given up after all attempts, 1 waits for you.',
      },
    ]);
  });

  it('are silent about callbacks where nothing is to be told', () => {
    settings.notifyWhen = 'none';
    happens(callback('job-a', 'abandoned'), callback('job-b', 'held'));
    vi.runAllTimers();
    expect(shown()).toEqual([]);
  });

  it('end with the application', () => {
    happens({ type: 'ended', id: 'job-a' }, callback('job-a', 'abandoned'));
    notifications.stop();
    expect(listeners.size).toBe(0);
    vi.runAllTimers();
    expect(shown()).toEqual([]);
  });

  it('are a line in the log where the system shows none', () => {
    electron.isSupported = false;
    notifications.tellBackground(1);
    expect(shown()).toEqual([]);
    expect(log).toHaveBeenCalledOnce();
  });
});
