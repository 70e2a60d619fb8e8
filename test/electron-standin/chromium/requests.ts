/** Answers what a page asks the network for: custom schemes from their handlers, the rest as the session says. */

import type { CdpSession } from './connection.ts';
import type { Protocol } from './protocol.ts';
import { fromChromium, policyToChromium, toChromium } from './scheme-mapping.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

export interface RequestRules {
  handlerOf: (scheme: string) => SchemeHandler | undefined;
  /** Whether a request may go out, and where to. */
  beforeRequest: (
    url: string,
    paused: Protocol.Fetch.requestPausedPayload,
  ) => Promise<{ cancel?: boolean; redirectURL?: string }>;
  /** False where a navigation was prevented. */
  allowsNavigation: (paused: Protocol.Fetch.requestPausedPayload) => boolean;
}

type Paused = Protocol.Fetch.requestPausedPayload;

/** Takes over the requests of a page or worker. */
export async function interceptRequests(session: CdpSession, rules: RequestRules): Promise<void> {
  session.on('Fetch.requestPaused', (paused) => {
    answer(session, rules, paused).catch((error: unknown) => {
      // The page has gone meanwhile, and its request with it; anything else is worth a line.
      if (!/Invalid InterceptionId|has ended|Session with given id/u.test(String(error))) {
        process.stderr.write(`The request of ${paused.request.url} failed: ${String(error)}\n`);
      }
    });
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(session: CdpSession, rules: RequestRules, paused: Paused): Promise<void> {
  const { requestId } = paused;
  const refuse = (errorReason: Protocol.Network.ErrorReason) =>
    session.send('Fetch.failRequest', { requestId, errorReason });
  if (!rules.allowsNavigation(paused)) return void (await refuse('Aborted'));
  const url = fromChromium(paused.request.url);
  const decision = await rules.beforeRequest(url, paused);
  if (decision.cancel) return void (await refuse('BlockedByClient'));
  if (decision.redirectURL !== undefined) {
    const responseHeaders = [{ name: 'Location', value: toChromium(decision.redirectURL) }];
    return void (await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 307,
      responseHeaders,
    }));
  }
  const handler = rules.handlerOf(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) return void (await session.send('Fetch.continueRequest', { requestId }));
  const response = await handled(handler, url, paused.request);
  if (response === null) return void (await refuse('Failed'));
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: headersOf(response),
    body,
  });
}

async function handled(
  handler: SchemeHandler,
  url: string,
  { method, headers, postData }: Protocol.Network.Request,
): Promise<Response | null> {
  try {
    const body = postData === undefined ? null : postData;
    const own = Object.entries(headers).map(([name, value]): [string, string] => [name, fromChromium(value)]);
    const response = await handler(new Request(url, { method, headers: own, body }));
    return response.type === 'error' ? null : response;
  } catch (error) {
    process.stderr.write(`The protocol handler failed for ${url}: ${String(error)}\n`);
    return null;
  }
}

function headersOf(response: Response): Protocol.Fetch.HeaderEntry[] {
  return Array.from(response.headers, ([name, value]) => ({
    name,
    value: /^(content-security-policy|access-control-allow-origin)/iu.test(name)
      ? policyToChromium(value)
      : value,
  }));
}
