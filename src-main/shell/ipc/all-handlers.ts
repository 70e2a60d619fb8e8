import type { HandlerContext } from './context.ts';
import type { Handlers } from './handlers.ts';
import { appHandlers } from './nouns/app-handlers.ts';
import { backupHandlers } from './nouns/backup-handlers.ts';
import { callbackHandlers } from './nouns/callback-handlers.ts';
import { documentHandlers } from './nouns/document-handlers.ts';
import { exportHandlers } from './nouns/export-handlers.ts';
import { itemHandlers } from './nouns/item-handlers.ts';
import { jobHandlers } from './nouns/job-handlers.ts';
import { modelHandlers } from './nouns/model-handlers.ts';
import { outboxHandlers } from './nouns/outbox-handlers.ts';
import { outputHandlers } from './nouns/output-handlers.ts';
import { queueHandlers } from './nouns/queue-handlers.ts';
import { receiverHandlers } from './nouns/receiver-handlers.ts';
import { settingsHandlers } from './nouns/settings-handlers.ts';

/** What answers every channel of the contract. */
export function allHandlers(context: HandlerContext): Handlers {
  return {
    ...appHandlers(context),
    ...jobHandlers(context),
    ...itemHandlers(context),
    ...queueHandlers(context),
    ...modelHandlers(context),
    ...callbackHandlers(context),
    ...receiverHandlers(context),
    ...outboxHandlers(context),
    ...outputHandlers(context),
    ...documentHandlers(context),
    ...exportHandlers(context),
    ...backupHandlers(context),
    ...settingsHandlers(context),
  };
}
