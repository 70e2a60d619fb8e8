/** What a person can set. Kept by the main process. */
import { CALLBACK_ENDS, type CallbackEnd, DEFAULT_CALLBACK_SCHEDULE_MS } from '../callback/delivery.ts';
import { NO_RETENTION, type RetentionSettings } from './retention.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export const NOTIFY_WHEN = ['all', 'failures', 'none'] as const;

export interface Settings {
  /** How many jobs run at a time; null for one per core. */
  slots: number | null;
  theme: (typeof THEMES)[number];
  notifyWhen: (typeof NOTIFY_WHEN)[number];
  /** What closing the window means while jobs run: ask, keep them running, or stop them and quit. */
  whenClosed: 'ask' | 'keep-running' | 'quit';
  /** The machine does not go to sleep while jobs run. */
  keepAwake: boolean;
  /** Nothing is started while the machine runs on its battery. */
  pauseOnBattery: boolean;
  /** Requests and model calls wait while there is no network. */
  waitForNetwork: boolean;
  /** Which ends of jobs are told to their callback URLs. */
  callbackEnds: CallbackEnd[];
  /** The items of batches are told, too, as they end: several in one message. */
  callbackItems: boolean;
  /** The wait before each attempt, counted from the end of the one before, in milliseconds. */
  callbackScheduleMs: number[];
  /** How many callbacks are on their way at a time, and how many of them to one host. */
  callbacksAtATime: number;
  callbacksPerHost: number;
  /** How often the history is backed up, hours; null for never by itself. */
  backupEveryHours: number | null;
  /** How many of the newest backups stay. */
  backupsKept: number;
  retention: RetentionSettings;
}

export const DEFAULT_SETTINGS: Settings = {
  slots: null,
  theme: 'system',
  notifyWhen: 'all',
  whenClosed: 'ask',
  keepAwake: false,
  pauseOnBattery: false,
  waitForNetwork: true,
  callbackEnds: [...CALLBACK_ENDS],
  callbackItems: false,
  callbackScheduleMs: [...DEFAULT_CALLBACK_SCHEDULE_MS],
  callbacksAtATime: 32,
  callbacksPerHost: 8,
  backupEveryHours: 24,
  backupsKept: 7,
  retention: NO_RETENTION,
};
