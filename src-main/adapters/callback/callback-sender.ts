/**
 * Sends callbacks as Standard Webhooks 1.0.0 has it: one POST, signed where there is a key, to an address that was
 * checked, following no redirect.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import type { SecureContext } from 'node:tls';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { CallbackPreview } from '#shared/contract/callbacks.ts';
import type { CallbackReport, CallbackRequest, CallbackSender } from '../../core/ports.ts';
import { ExchangeFailure } from '../http/exchange-failure.ts';
import type { LookUp } from '../http/look-up.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { messageOf } from '../process/system-error.ts';
import type { ProxyFor } from '../workspace-types.ts';
import { answerBeginning } from './answer-beginning.ts';
import { callbackClients } from './callback-clients.ts';
import { callbackMessage, type MessageSources } from './callback-message.ts';
import { type CallbackTarget, callbackTargetOf } from './callback-target.ts';
import { AddressRefused } from './checked-lookup.ts';
import { startLimits } from './exchange-limits.ts';
import { explainAnswer, explainLimit, explainLocal, explainRefused } from './explain-exchange.ts';

/** For the whole exchange, from the look-up of the name to the end of the answer. */
export const CALLBACK_TIMEOUT_MS = 15_000;

export interface CallbackSenderOptions extends MessageSources {
  /** Where absent, no proxy is used. */
  proxyFor?: ProxyFor;
  timeoutMs?: number;
  now?: () => string;
  /** Names to addresses, the system's where absent; for tests. */
  lookUp?: LookUp;
  /** What is trusted where Node's own certificates do not do; for tests. */
  readTrust?: () => Promise<SecureContext | null>;
}

export interface HttpCallbackSender extends CallbackSender {
  /**
   * What would be sent for a delivery now.
   * @throws AppError `unsupported` where it has to be signed with a key that can't be read
   */
  previewOf(delivery: Pick<Delivery, 'id' | 'url'>, body: string): CallbackPreview;
  /** Ends all exchanges and connections. */
  close(): Promise<void>;
}

/** What is known of an exchange on the way. */
type Findings = Pick<CallbackReport, 'address' | 'isSigned'>;
type Verdict = Pick<CallbackReport, 'outcome' | 'error'> & Partial<CallbackReport>;

export function createCallbackSender({
  version,
  keys,
  proxyFor,
  timeoutMs = CALLBACK_TIMEOUT_MS,
  now = () => new Date().toISOString(),
  lookUp,
  readTrust,
}: CallbackSenderOptions): HttpCallbackSender {
  const clients = callbackClients({ version, proxyFor, lookUp, readTrust });

  const exchange = async (
    target: CallbackTarget,
    request: CallbackRequest,
    startedAt: string,
    signal: AbortSignal,
    findings: Findings,
  ): Promise<Verdict> => {
    const { url } = target;
    const { body, headers, isSigned } = callbackMessage({ version, keys }, request, startedAt);
    const client = request.mayGoLocal ? clients.anywhere : clients.publicOnly;
    const onConnected = (address: string) => {
      findings.address = address;
      findings.isSigned = isSigned;
    };
    const answer = await client.send({ url, method: 'POST', headers, body, onConnected }, signal);
    const error = explainAnswer(answer);
    const retryAfter = error === null ? undefined : retryAfterMs(answer.headers, Date.parse(now()));
    return {
      outcome: 'answered',
      statusCode: answer.status,
      error,
      // The head has said whether it was delivered: a receiver that hangs or breaks off after it has the message.
      answer: await answerBeginning(answer),
      ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
    };
  };

  /** All of it, from the URL to the end of the answer. */
  const attempt = async (
    request: CallbackRequest,
    startedAt: string,
    outer: AbortSignal,
    findings: Findings,
  ): Promise<Verdict> => {
    const target = callbackTargetOf(request.url);
    if (typeof target === 'string') return { outcome: 'refused', error: target };
    const { url, name, verdict } = target;
    if (verdict === 'local' && !request.mayGoLocal) {
      return { outcome: 'local', error: explainLocal(url, name) };
    }
    await clients.ready();
    const limits = startLimits(outer, timeoutMs);
    try {
      return await exchange(target, request, startedAt, limits.signal, findings);
    } catch (error) {
      const reached = limits.reached();
      if (reached !== null) return { outcome: 'no-answer', error: explainLimit(reached, url, timeoutMs) };
      const refused = error instanceof ExchangeFailure ? error.cause : null;
      if (!(refused instanceof AddressRefused)) throw error;
      return refused.verdict === 'local'
        ? { outcome: 'local', error: explainLocal(url, refused.address) }
        : { outcome: 'no-answer', error: explainRefused(url, refused) };
    } finally {
      limits.end();
    }
  };

  return {
    async send(request, signal) {
      const startedAt = now();
      const startMs = performance.now();
      const findings: Findings = { address: null, isSigned: false };
      const verdict = await attempt(request, startedAt, signal, findings).catch(
        (error): Verdict => ({ outcome: 'no-answer', error: messageOf(error) }),
      );
      return {
        startedAt,
        durationMs: Math.round(performance.now() - startMs),
        statusCode: null,
        answer: null,
        ...findings,
        ...verdict,
      };
    },
    previewOf({ id, url }, text) {
      const { body, headers } = callbackMessage({ version, keys }, { id, url, body: text }, now());
      return { url, headers, body };
    },
    close: clients.close,
  };
}
