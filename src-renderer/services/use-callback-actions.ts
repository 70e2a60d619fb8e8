/** What can be done with callbacks, wherever it is asked for; each says in a toast how it went. */
import { useMemo } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { unwrap } from '#shared/contract/result.ts';
import { copyText } from '../components/copy-text.ts';
import { showToast } from '../components/toast/toast.tsx';
import { type SendTarget, sendCallbacks } from '../sync/callbacks.ts';
import { countOf } from '../words/count-words.ts';
import { curlLine } from '../words/curl-line.ts';
import { type Services, useServices } from './services.tsx';
import { showError } from './show-error.ts';

export interface CallbackActions {
  /** True where at least one of them is sent. */
  send(targets: readonly SendTarget[]): Promise<boolean>;
  stop(ids: readonly DeliveryId[]): Promise<void>;
  /** Lets callbacks go to an origin on this machine or in its network. */
  allow(origin: string): Promise<void>;
  copyAsCurl(id: DeliveryId): Promise<void>;
}

export function useCallbackActions(): CallbackActions {
  const services = useServices();
  return useMemo(() => callbackActions(services), [services]);
}

function callbackActions({ api, db, consumer }: Services): CallbackActions {
  return {
    async send(targets) {
      let isSent = false;
      await attempt('The callback could not be sent.', async () => {
        const { sent, refused } = await sendCallbacks({ api, db }, targets);
        isSent = sent.length > 0;
        if (isSent)
          showToast(
            sent.length === 1
              ? 'The callback is sent now.'
              : `${countOf(sent.length, 'callback')} are sent now.`,
          );
        const [first] = refused;
        if (first !== undefined) {
          showToast(`${countOf(refused.length, 'callback')} could not be sent.`, {
            tone: 'bad',
            detail: first.error.message,
          });
        }
        await consumer.pullNow();
      });
      return isSent;
    },
    stop: (ids) =>
      attempt('The callback could not be stopped.', async () => {
        const stopped: DeliveryId[] = [];
        for (let start = 0; start < ids.length; start += MAX_PAGE) {
          const page = ids.slice(start, start + MAX_PAGE);
          stopped.push(...unwrap(await api.stopCallbacks({ ids: page })).stopped);
        }
        showToast(
          stopped.length === 0
            ? 'Nothing to stop: it is over already.'
            : `${countOf(stopped.length, 'callback')} stopped.`,
        );
        await consumer.pullNow();
      }),
    allow: (origin) =>
      attempt('That could not be allowed.', async () => {
        unwrap(await api.allowCallbacks({ origin }));
        showToast(`Callbacks may go to ${origin} from now on.`);
        await consumer.pullNow();
      }),
    copyAsCurl: (id) =>
      attempt('The callback could not be copied.', async () => {
        const line = curlLine(unwrap(await api.previewCallback({ id })));
        showToast((await copyText(line)) ? 'Copied as a curl line.' : 'The clipboard could not be written.');
      }),
  };
}

async function attempt(what: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    showError(what, error);
  }
}
