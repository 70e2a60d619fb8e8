/** Why a connection failed, in a sentence that names the other side and says what to do. */
import type { JobError } from '#shared/job/error-codes.ts';
import { codeOf } from '../process/system-error.ts';
import { explainTls } from './explain-tls.ts';

/** How far an exchange had come: before the head of the answer, or in its body. */
export type ExchangeStage = 'asking' | 'reading';

/** @param error what undici, `fetch` or a socket rejected with */
export function explainNetwork(error: unknown, target: URL, stage: ExchangeStage = 'asking'): JobError {
  const cause = innermost(error);
  const code = codeOf(cause);
  const detail = cause instanceof Error ? cause.message : String(cause);
  const told = (message: string) => `${message} (${code})`;
  if (cause instanceof Error && cause.name === 'HTTPParserError') {
    return network(`${target.host} answered with something that is not HTTP: check the port. (${detail})`);
  }
  const tls = explainTls(cause, target);
  if (tls !== null) return { code: 'tls', message: told(tls) };
  if (REFUSED_BY_CLIENT.has(code)) {
    return { code: 'invalid-task', message: `The request can't be sent as it is: ${detail}.` };
  }
  if (CLOSING.has(code))
    return { code: 'interrupted', message: 'Jobdeck was closed before the answer came.' };
  const known = (stage === 'reading' ? CUT_OFF : REASONS)[code] ?? REASONS[code];
  if (known !== undefined) return network(told(known(target)));
  return network(`${target.host} could not be reached: ${code === '' ? detail : told(detail)}`);
}

const network = (message: string): JobError => ({ code: 'network', message });

type Reason = (target: URL) => string;
const closed: Reason = ({ host }) => `${host} closed the connection before it answered.`;
const slow: Reason = ({ host }) => `${host} gave no answer in time.`;
const cut: Reason = ({ host }) => `${host} closed the connection in the middle of its answer.`;

const REASONS: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: ({ host }) => `Nothing listens at ${host}: the connection was refused.`,
  ENOTFOUND: ({ hostname }) => `There is no host named ${hostname}.`,
  EAI_AGAIN: ({ hostname }) => `The name ${hostname} could not be looked up: is this machine online?`,
  ENETUNREACH: ({ hostname }) => `There is no network on the way to ${hostname}.`,
  EHOSTUNREACH: ({ hostname }) => `There is no way to ${hostname} from here.`,
  ECONNRESET: closed,
  EPIPE: closed,
  UND_ERR_SOCKET: closed,
  ETIMEDOUT: slow,
  UND_ERR_CONNECT_TIMEOUT: ({ host }) => `No connection to ${host} could be made in time.`,
  UND_ERR_HEADERS_TIMEOUT: slow,
  UND_ERR_HEADERS_OVERFLOW: ({ host }) => `The head of the answer of ${host} is too long.`,
};

const CUT_OFF: Readonly<Record<string, Reason>> = {
  ECONNRESET: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  UND_ERR_ABORTED: cut,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ({ host }) => `${host} sent less or more than it had announced.`,
  Z_BUF_ERROR: ({ host }) => `The compressed answer of ${host} ends in the middle.`,
  Z_DATA_ERROR: ({ host }) => `The answer of ${host} is not compressed as its content-encoding says.`,
};

const REFUSED_BY_CLIENT = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'ERR_INVALID_CHAR',
]);

/** The client was closed from here. */
const CLOSING = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);

/** `fetch failed` says nothing: what happened is in its cause, and for several addresses in the first of them. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}
