/** Runs `http` tasks: one request, its redirects where they are asked for, and the answer into the output file. */
import type { HttpTask } from '#shared/job/tasks.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { PreparedExecutor, PreparedSpec } from '../tasks/prepared-spec.ts';
import { factsOf } from './answer-facts.ts';
import { bytesInWords } from './byte-words.ts';
import { decodedBody } from './decoded-body.ts';
import { excerptOf } from './excerpt.ts';
import { type Exchange, runExchange, type Verdict } from './exchange.ts';
import { isExpectedStatus } from './expected-status.ts';
import { mediaType } from './headers.ts';
import type { HttpAnswer, HttpClient } from './http-client.ts';
import { httpRequestOf } from './http-request.ts';
import { redirectOf, sendFollowing } from './redirects.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusInWords } from './status-words.ts';

export const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** How much of an unexpected answer is looked at for its first line, bytes. */
const MAX_BEGINNING_BYTES = 16_384;

export interface HttpExecutorOptions {
  client: HttpClient;
  outputs: OutputStore;
}

/** An executor for tasks of kind `http`. Nothing of them outlives Jobdeck, and none can be stopped and go on. */
export function createHttpExecutor({ client, outputs }: HttpExecutorOptions): PreparedExecutor {
  return {
    async run(spec, signal) {
      await client.ready();
      return runExchange(spec, signal, outputs, async (exchange) => {
        const { task } = spec;
        if (task.kind !== 'http') {
          const message = `Expected a task of kind http, got ${task.kind}.`;
          return { outcome: 'failed', error: { code: 'invalid-task', message } };
        }
        return runRequest(client, task, spec.redact, exchange);
      });
    },
    reap: async () => ({ survivors: [] }),
    suspend: async () => false,
    resume: async () => false,
  };
}

async function runRequest(
  client: HttpClient,
  task: HttpTask,
  redact: PreparedSpec['redact'],
  exchange: Exchange,
): Promise<Verdict> {
  const rules = { maxRedirects: task.max_redirects ?? 0, secrets: redact };
  const answer = await sendFollowing(client, httpRequestOf(task), rules, exchange.signal);
  const { status, headers, url } = answer;
  exchange.result = factsOf(answer);

  const maxBytes = task.max_response_bytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const isExpected = isExpectedStatus(status, task.expect?.status);
  const { isWhole, beginning } = await keepBody(
    answer,
    maxBytes,
    isExpected ? 0 : MAX_BEGINNING_BYTES,
    exchange,
  );
  // Of an answer without a body the head is the first output.
  exchange.markOutput();
  if (!isExpected) {
    const message = unexpected(answer, beginning, redact);
    const wait = retryAfterMs(headers, Date.now());
    return {
      outcome: 'failed',
      error: { code: 'http-status', message },
      ...(wait !== undefined && { retryAfterMs: wait }),
    };
  }
  if (isWhole) return { outcome: 'completed' };
  const message = `The answer of ${url.host} is longer than the limit of ${bytesInWords(maxBytes)}: its beginning is kept. Raise max_response_bytes for more.`;
  return { outcome: 'failed', error: { code: 'too-large', message } };
}

/** Writes the body to the output file, up to `maxBytes`; gives the beginning of it as text. */
async function keepBody(answer: HttpAnswer, maxBytes: number, maxBeginningBytes: number, exchange: Exchange) {
  const beginning: Uint8Array[] = [];
  let kept = 0;
  let isWhole = true;
  for await (const chunk of decodedBody(answer)) {
    exchange.markOutput();
    if (kept < maxBeginningBytes) beginning.push(chunk.subarray(0, maxBeginningBytes - kept));
    const fits = chunk.subarray(0, maxBytes - kept);
    kept += fits.length;
    await exchange.write('stdout', fits);
    if (fits.length < chunk.length) {
      isWhole = false;
      break;
    }
  }
  return { isWhole, beginning: Buffer.concat(beginning).toString('utf8') };
}

function unexpected(answer: HttpAnswer, beginning: string, redact: readonly string[]): string {
  const said = statusInWords(answer);
  const location = redirectOf(answer);
  if (location !== undefined) {
    return `${said}, which redirects to ${location}. Use that address, or raise max_redirects.`;
  }
  // The first line of a page is never what it says.
  const line = mediaType(answer.headers) === 'text/html' ? '' : firstLine(beginning, redact);
  return line === '' ? `${said}.` : `${said}: ${line}`;
}

const MAX_LINE_LENGTH = 200;

function firstLine(text: string, redact: readonly string[]): string {
  const [line = ''] = text.trimStart().split(/[\r\n]/, 1);
  return excerptOf(line.trimEnd(), MAX_LINE_LENGTH, redact);
}
