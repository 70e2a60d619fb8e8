/** What callbacks are sent with, over one data directory: keys, the sender, and what was set about them. */
import { AppError } from '#shared/app-error.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { DeliveryStore } from '../core/ports.ts';
import type { CallbackSettings } from '../core/runner-types.ts';
import { createCallbackSender, type HttpCallbackSender } from './callback/callback-sender.ts';
import { createCallbackKeyStore } from './secrets/callback-key-store.ts';
import type { CallbackKeyStore, Workspace, WorkspaceOptions } from './workspace-types.ts';

export interface OpenCallbacks {
  keys: CallbackKeyStore;
  sender: HttpCallbackSender;
  settings(): CallbackSettings;
  preview: Workspace['previewCallback'];
}

export interface CallbackSources {
  options: WorkspaceOptions;
  deliveries: Pick<DeliveryStore, 'find' | 'body'>;
  readSettings: () => Settings;
  onProblem: (error: AppError) => void;
}

/** @throws AppError `bad-request` where the given secret is none */
export function openCallbacks({
  options,
  deliveries,
  readSettings,
  onProblem,
}: CallbackSources): OpenCallbacks {
  const { dataDirectory, version, secretCipher, givenCallbackSecret, proxyFor, callbackSchedule } = options;
  const keys = createCallbackKeyStore({
    dataDirectory,
    onProblem,
    ...(secretCipher && { cipher: secretCipher }),
    ...(givenCallbackSecret !== undefined && { given: givenCallbackSecret }),
  });
  const sender = createCallbackSender({ version, keys, ...(proxyFor && { proxyFor }) });
  return {
    keys,
    sender,
    settings() {
      const settings = readSettings();
      return callbackSchedule ? { ...settings, callbackScheduleMs: [...callbackSchedule] } : settings;
    },
    async preview(id) {
      const delivery = deliveries.find(id);
      const body = deliveries.body(id);
      if (delivery !== undefined && body !== undefined) return sender.previewOf(delivery, body);
      throw new AppError('not-found', `There is no callback ${id}: it was deleted with its job.`);
    },
  };
}
