/** An answer with a status that is not success. */
import type { Exchange, Verdict } from '../http/exchange.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { redirectOf } from '../http/redirects.ts';
import { statusInWords } from '../http/status-words.ts';
import { endpointProblem } from './endpoint-problem.ts';
import { endpointFailure } from './finish-verdict.ts';
import { isObject, parseJson } from './json-value.ts';
import { collect } from './read-whole.ts';

/** Errors are short; what is longer is a page for people. */
const MAX_REFUSAL_BYTES = 256 * 1024;

/** Says why the endpoint refused. JSON that came with it is kept in `result.body`, any text in the output. */
export async function readRefusal(
  answer: HttpAnswer,
  { hasToken, redact }: { hasToken: boolean; redact: readonly string[] },
  exchange: Exchange,
): Promise<Verdict> {
  const bytes = (await collect(answer, MAX_REFUSAL_BYTES, exchange.markOutput)) ?? Buffer.alloc(0);
  exchange.markOutput();
  if (bytes.length > 0) await exchange.write('stdout', bytes);
  const json = parseJson(bytes.toString('utf8'));
  if (isObject(json)) exchange.result = { ...exchange.result, body: json };
  const problem = endpointProblem(json) ?? { message: '', names: [] };
  const verdict = endpointFailure(statusInWords(answer), problem, redact, answer.status);
  const more = hint(answer, hasToken);
  if (more === '' || verdict.error === undefined) return verdict;
  const said = verdict.error.message.replace(/[^.!?]$/, '$&.');
  return { ...verdict, error: { ...verdict.error, message: `${said} ${more}` } };
}

function hint(answer: HttpAnswer, hasToken: boolean): string {
  const { status, url } = answer;
  const location = redirectOf(answer);
  if (location !== undefined) return `It sends on to ${location}: correct base_url.`;
  if (status === 401) {
    return hasToken
      ? 'Check the secret of the model profile.'
      : 'It wants a token: name a secret in a model profile.';
  }
  return status === 404 && !/\/v\d/.test(url.pathname) ? 'Is base_url right? Most end in /v1.' : '';
}
