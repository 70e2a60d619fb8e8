/** Desktop notifications: shown whether the window has the focus or not, so that nobody has to guess. */
import { Notification } from 'electron';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Runner } from '../../core/runner-types.ts';
import type { Log } from '../log.ts';
import { gather } from './gather.ts';
import {
  isCallbackTold,
  isTold,
  type NotificationText,
  type TroubledCallback,
  textForBackground,
  textForCallback,
  textForCallbacks,
  textForMany,
  textForOne,
} from './notification-text.ts';

export interface NotificationOptions {
  runner: Pick<Runner, 'onEvents'>;
  readSettings: () => Settings;
  /** A notification was clicked. It is of one job, or of none in particular. */
  onClicked: (jobId: JobId | null) => void;
  log: Log;
}

export interface Notifications {
  /** Says that jobs go on with no window. */
  tellBackground(count: number): void;
  stop: Disposer;
}

/** Tells of every job that ends and of callbacks that come to nothing, as the settings say. */
export function startNotifications(options: NotificationOptions): Notifications {
  const { runner, readSettings, onClicked, log } = options;
  // Without a reference a notification is collected, and its click with it.
  const open = new Set<Notification>();

  const gathering = <T>(showAll: (things: T[]) => void) =>
    gather(
      showAll,
      (delayMs, action) => void setTimeout(action, delayMs),
      () => performance.now(),
    );
  const ended = gathering<BatchJob>((jobs) => {
    const [job] = jobs;
    if (job !== undefined && jobs.length === 1) show(textForOne(job), job.id);
    else show(textForMany(jobs), null);
  });
  const troubled = gathering<TroubledCallback>((callbacks) => {
    const [callback] = callbacks;
    if (callback !== undefined && callbacks.length === 1) show(textForCallback(callback), callback.job.id);
    else show(textForCallbacks(callbacks), null);
  });
  const unsubscribe = runner.onEvents((events) => {
    const { notifyWhen } = readSettings();
    ended.add(events.flatMap(({ type, job }) => (type === 'ended' && isTold(job, notifyWhen) ? [job] : [])));
    troubled.add(
      events.flatMap(({ job, deliveries = [] }) =>
        deliveries
          .filter((delivery) => isCallbackTold(delivery, notifyWhen))
          .map((delivery) => ({ job, delivery })),
      ),
    );
  });

  return {
    tellBackground: (count) => show(textForBackground(count), null),
    stop() {
      unsubscribe();
      ended.stop();
      troubled.stop();
    },
  };

  function show(text: NotificationText, jobId: JobId | null): void {
    if (!Notification.isSupported()) {
      log(`This system shows no notifications: ${text.title}: ${text.body}`);
      return;
    }
    const notification = new Notification(text);
    open.add(notification);
    notification.on('click', () => {
      open.delete(notification);
      onClicked(jobId);
    });
    notification.on('close', () => open.delete(notification));
    notification.show();
  }
}
