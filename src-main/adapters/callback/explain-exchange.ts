/** Why a POST got no answer, in a sentence. */
import { explainNetwork } from '../http/explain-network.ts';
import { messageOf } from '../process/system-error.ts';

export interface Exchange {
  target: URL;
  /** Aborted when the time is up. */
  timeout: AbortSignal;
  timeoutMs: number;
  /** Aborted when the exchange is broken off from here. */
  signal: AbortSignal;
}

export function explainExchange(error: unknown, { target, timeout, timeoutMs, signal }: Exchange): string {
  if (signal.aborted) return 'The callback was broken off before an answer came.';
  if (timeout.aborted) return `${target.host} gave no answer within ${timeoutMs / 1000} s.`;
  // https://fetch.spec.whatwg.org/#port-blocking: such ports are those of other protocols.
  if (error instanceof Error && messageOf(error.cause) === 'bad port') {
    return `Port ${target.port} is one that HTTP clients refuse to post to: use another.`;
  }
  return explainNetwork(error, target).message;
}
