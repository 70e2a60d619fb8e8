/** The one way in from a page: trusted sender, request schema, handler, response schema, `Result`. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { AppError } from '#shared/app-error.ts';
import type { Channel, RequestOf } from '#shared/contract/channels.ts';
import type { DocumentProblem } from '#shared/contract/documents.ts';
import { fail, ok, type Result, toErrorValue } from '#shared/contract/result.ts';
import type { Log } from '../log.ts';
import type { Handlers } from './handlers.ts';

/** Gives what is wrong with a value of a channel, or null. */
export type CheckValue = (channel: Channel, value: unknown) => readonly DocumentProblem[] | null;
type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

export interface RouterOptions {
  handlers: Handlers;
  isTrusted: (sender: Sender) => boolean;
  checkRequest: CheckValue;
  checkResponse: CheckValue;
  /** True once the application has begun to quit: the runner takes nothing any more. */
  isClosing: () => boolean;
  log: Log;
}

export type Router = (sender: Sender, channel: string, request: unknown) => Promise<Result<unknown>>;

/** Makes the router. Its answers never reject. */
export function createRouter(options: RouterOptions): Router {
  const { handlers, isTrusted, checkRequest, checkResponse, isClosing, log } = options;
  return async (sender, channel, request) => {
    if (!isTrusted(sender)) {
      log(`A request of ${channel} came from an untrusted sender: ${sender.senderFrame?.url ?? 'no frame'}`);
      return fail('untrusted-sender', 'Only the window of Jobdeck may ask for this.');
    }
    if (!isChannel(channel, handlers)) {
      return fail('bad-request', `Expected a channel of Jobdeck, got ${JSON.stringify(channel)}.`);
    }
    const problems = checkRequest(channel, request);
    if (problems !== null) {
      return fail('bad-request', `Expected a valid request of ${channel}: ${sentence(problems)}`);
    }
    if (isClosing()) return fail('closing', 'Jobdeck is closing: start it again to go on.');
    try {
      const response = await handle(channel, request);
      const faults = checkResponse(channel, response);
      if (faults === null) return ok(response);
      log(`The answer of ${channel} is not valid: ${sentence(faults)}`);
      return fail('internal', `Jobdeck made an answer of ${channel} that is not valid: ${sentence(faults)}`);
    } catch (error) {
      if (!(error instanceof AppError)) log(`${channel} failed unexpectedly.`, error);
      return { ok: false, error: toErrorValue(error) };
    }
  };

  function handle<C extends Channel>(channel: C, request: unknown): Promise<unknown> {
    return handlers[channel](request as RequestOf<C>); // its schema has accepted it
  }
}

/** Connects the router to every channel of the contract. */
export function listen(ipcMain: Pick<IpcMain, 'handle'>, handlers: Handlers, router: Router): void {
  for (const channel of Object.keys(handlers)) {
    ipcMain.handle(channel, (event, request: unknown) => router(event, channel, request));
  }
}

function isChannel(channel: string, handlers: Handlers): channel is Channel {
  return Object.hasOwn(handlers, channel);
}

/** The first few problems in one line: where, and what was expected. */
function sentence(problems: readonly DocumentProblem[]): string {
  const shown = problems.slice(0, 3).map(({ path, message }) => `${path || '(the whole)'}: ${message}`);
  const rest = problems.length - shown.length;
  return shown.join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}
