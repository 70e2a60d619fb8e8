/** Where every pending job is that holds no slot: it is lined up for one, put on the alarm, or brought to an end. */
import { assertNever } from '#shared/app-error.ts';
import type { ActiveJob, ActiveJobs } from '../active-jobs.ts';
import type { Clock, Cron } from '../ports.ts';
import type { Scheduler } from '../queue/scheduler.ts';
import { deadlineMsOf } from '../times.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { nextStep } from './next-step.ts';

export interface WaitingRoom extends Pick<Alarm<ActiveJob>, 'stop'> {
  /** Looks at a job: to be called whenever something about it, or about what it waits for, has changed. */
  look(entry: ActiveJob): void;
  /** The clock may have been set, or the machine slept. */
  wake(): void;
}

export interface WaitingRoomContext {
  clock: Clock;
  cron: Cron;
  active: ActiveJobs;
  scheduler: Pick<Scheduler, 'enqueue' | 'withdraw'>;
  isStopping: () => boolean;
  /** Writes what is to become of a job that is not to go on waiting as it does. */
  settle(entry: ActiveJob): void;
}

export function createWaitingRoom(context: WaitingRoomContext): WaitingRoom {
  const { clock, cron, active, scheduler } = context;
  const alarm = createAlarm<ActiveJob>(clock, look);

  function look(entry: ActiveJob): void {
    if (entry.phase !== 'waiting' || context.isStopping() || !active.has(entry)) return;
    const step = nextStep(entry, clock.now(), cron);
    switch (step.do) {
      case 'queue':
        entry.isDue = true;
        alarm.set(entry, deadlineMsOf(entry.job));
        if (entry.ticket === null) scheduler.enqueue(entry);
        return;
      case 'wait':
        if (step.untilMs === null) entry.isDue = true;
        scheduler.withdraw(entry);
        alarm.set(entry, earlier(step.untilMs, deadlineMsOf(entry.job)));
        return;
      case 'update':
      case 'fail':
      case 'cancel':
      case 'expire':
        scheduler.withdraw(entry);
        alarm.set(entry, null);
        context.settle(entry);
        return;
      default:
        assertNever(step);
    }
  }

  return { look, wake: alarm.look, stop: alarm.stop };
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
