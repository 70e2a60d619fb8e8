import { scheduleTimes } from '../../../adapters/schedule/schedule-times.ts';
import { SYSTEM_CLOCK } from '../../../adapters/system-clock.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

/** How many of a schedule's times a form shows. */
const SHOWN_TIMES = 5;

export function queueHandlers({
  workspace: { runner, cron },
}: HandlerContext): HandlersOf<'queue' | 'schedule'> {
  return {
    'queue:save': async (queue) => {
      runner.saveQueue(queue);
      return {};
    },
    'queue:remove': async ({ name }) => {
      runner.removeQueue(name);
      return {};
    },
    'schedule:times': async ({ schedule }) => scheduleTimes(cron, schedule, SYSTEM_CLOCK.now(), SHOWN_TIMES),
  };
}
