/** Why a POST got no answer, in a sentence. */

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
  const cause = innermost(error);
  const code = codeOf(cause);
  const known = REASONS[code]?.(target);
  if (known !== undefined) return `${known} (${code})`;
  const detail = cause instanceof Error ? cause.message : String(cause);
  // https://fetch.spec.whatwg.org/#port-blocking: such ports are those of other protocols.
  if (detail === 'bad port')
    return `Port ${target.port} is one that HTTP clients refuse to post to: use another.`;
  return `${target.host} could not be reached: ${code === '' ? detail : `${detail} (${code})`}`;
}

const closed = (target: URL) => `${target.host} closed the connection before it answered.`;
const slow = (target: URL) => `${target.host} gave no answer in time.`;
const certificate = (target: URL) => `The certificate of ${target.host} is not trusted here.`;

const REASONS: Readonly<Record<string, (target: URL) => string>> = {
  ECONNREFUSED: (target) => `Nothing listens at ${target.host}: the connection was refused.`,
  ENOTFOUND: (target) => `There is no host named ${target.hostname}.`,
  EAI_AGAIN: (target) => `The name ${target.hostname} could not be looked up: is this machine online?`,
  ENETUNREACH: (target) => `There is no network on the way to ${target.hostname}.`,
  EHOSTUNREACH: (target) => `There is no way to ${target.hostname} from here.`,
  ECONNRESET: closed,
  EPIPE: closed,
  UND_ERR_SOCKET: closed,
  ETIMEDOUT: slow,
  UND_ERR_CONNECT_TIMEOUT: slow,
  UND_ERR_HEADERS_TIMEOUT: slow,
  CERT_HAS_EXPIRED: (target) => `The certificate of ${target.host} has expired.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  ERR_TLS_CERT_ALTNAME_INVALID: (target) => `The certificate of ${target.host} is for another name.`,
};

/** `fetch failed` says nothing: what happened is in its cause, and for several addresses in the first of them. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
