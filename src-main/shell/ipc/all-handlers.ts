import type { HandlerContext } from './context.ts';
import type { Handlers } from './handlers.ts';
import { appHandlers } from './nouns/app-handlers.ts';
import { documentHandlers } from './nouns/document-handlers.ts';
import { jobHandlers } from './nouns/job-handlers.ts';
import { outboxHandlers } from './nouns/outbox-handlers.ts';
import { outputHandlers } from './nouns/output-handlers.ts';
import { settingsHandlers } from './nouns/settings-handlers.ts';

/** What answers every channel of the contract. */
export function allHandlers(context: HandlerContext): Handlers {
  return {
    ...appHandlers(context),
    ...jobHandlers(context),
    ...outboxHandlers(context),
    ...outputHandlers(context),
    ...documentHandlers(context),
    ...settingsHandlers(context),
  };
}
