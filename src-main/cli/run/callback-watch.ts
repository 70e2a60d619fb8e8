/** What becomes of the callbacks while a run goes on. */
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';
import { countOf } from '../words.ts';

/** Callbacks that are not delivered, of this run and of those before it in the directory. */
export interface NotDelivered {
  /** To be sent, now or later. */
  due: number;
  /** Until their owner allows where they go. */
  held: number;
  /** Given up or stopped in this run. */
  over: number;
}

export interface CallbackWatch {
  notDelivered(): NotDelivered;
  dispose: Disposer;
}

/** Begins to watch; call it before any job is started. */
export function watchCallbacks({
  runner,
  deliveries,
}: Pick<Workspace, 'runner' | 'deliveries'>): CallbackWatch {
  const over = new Set<DeliveryId>();
  const dispose = runner.onEvents((events) => {
    for (const { id, state } of events.flatMap(({ deliveries: changed = [] }) => changed)) {
      if (state === 'abandoned' || state === 'stopped') over.add(id);
      else over.delete(id);
    }
  });
  return {
    notDelivered() {
      const { due, held } = deliveries.counts();
      return { due, held, over: over.size };
    },
    dispose,
  };
}

export const allDelivered = ({ due, held, over }: NotDelivered): boolean => due + held + over === 0;

export function waitingWords({ due }: NotDelivered): string {
  return `Waiting for ${countOf(due, 'callback')} to be delivered; Ctrl-C ends the wait.`;
}

/**
 * What is said at the end of callbacks that were not delivered, and what to do about them.
 * @param data the data directory as it was given; null for a temporary one
 */
export function notDeliveredWords({ due, held, over }: NotDelivered, data: string | null): string {
  const count = due + held + over;
  const them = count === 1 ? 'it' : 'them';
  const what = `${countOf(count, 'callback')} ${count === 1 ? 'was' : 'were'} not delivered`;
  if (data === null) {
    return due > 0
      ? `${what}, and nothing is left to send ${them} again: --wait-callbacks waits for ${them}, --data DIR keeps ${them}.`
      : `${what}, and nothing is left to send ${them} again: use --data DIR to keep ${them}.`;
  }
  return due > 0
    ? `${what} yet: "resume --wait-callbacks --data ${data}" goes on with ${them}, "callbacks --data ${data}" lists ${them}.`
    : `${what}: "callbacks --data ${data}" says why, "callbacks resend --data ${data}" sends again.`;
}
