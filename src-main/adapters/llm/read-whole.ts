/** An answer that comes as a whole: JSON, kept in the record where it is not too large. */
import { bytesInWords } from '../http/byte-words.ts';
import { decodedBody } from '../http/decoded-body.ts';
import type { Exchange, Verdict } from '../http/exchange.ts';
import { ExchangeFailure } from '../http/exchange-failure.ts';
import { mediaType } from '../http/headers.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import type { AnswerFormat } from './answer-part.ts';
import { endpointFailure, modelFailure, verdictOfFinish } from './finish-verdict.ts';
import { isObject, parseJson } from './json-value.ts';
import { createKeptText } from './kept-text.ts';

/** It is parsed at once, which holds everything else up. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** A larger answer is left out of the record. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads the answer. Its text goes to stdout; of embeddings, which have none, the JSON does.
 * @throws ExchangeFailure
 */
export async function readWhole(
  answer: HttpAnswer,
  format: AnswerFormat,
  { redact, keepsJson }: { redact: readonly string[]; keepsJson: boolean },
  exchange: Exchange,
): Promise<Verdict> {
  const { host } = answer.url;
  const bytes = await collect(answer, MAX_ANSWER_BYTES, exchange.markOutput);
  if (bytes === null) {
    throw new ExchangeFailure(
      'too-large',
      `The answer of ${host} is longer than ${bytesInWords(MAX_ANSWER_BYTES)}: ask for less in one request.`,
    );
  }
  const json = parseJson(bytes.toString('utf8'));
  const part = isObject(json) ? format.ofWhole(json) : null;
  if (part === null) {
    if (bytes.length > 0) await exchange.write('stdout', bytes);
    return modelFailure('invalid_llm_response', `${notAnAnswer(answer, json)}: check base_url and endpoint.`);
  }

  const kept = createKeptText();
  kept.add(part.text ?? '');
  exchange.result = {
    ...exchange.result,
    text: kept.text(redact),
    ...(part.usage !== undefined && { usage: part.usage }),
    ...(part.finishReason !== undefined && { finish_reason: part.finishReason }),
    ...(bytes.length <= MAX_BODY_BYTES && { body: json }),
  };
  if (bytes.length > MAX_BODY_BYTES) {
    const size = bytesInWords(bytes.length);
    const message = `The answer is ${size} of JSON, more than the ${bytesInWords(MAX_BODY_BYTES)} that a record keeps: result.body is left out.\n`;
    await exchange.write('stderr', Buffer.from(message));
  }
  if (part.reasoning !== undefined) await exchange.write('stderr', Buffer.from(part.reasoning));
  if (keepsJson) await exchange.write('stdout', bytes);
  else if (part.text !== undefined) await exchange.write('stdout', Buffer.from(part.text));
  if (part.problem === undefined) return verdictOfFinish(part.finishReason);
  return endpointFailure(`${host} answered with an error`, part.problem, redact);
}

/** The whole body; null where it is longer than `maxBytes`. */
export async function collect(
  answer: HttpAnswer,
  maxBytes: number,
  onBytes: () => void,
): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of decodedBody(answer)) {
    onBytes();
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function notAnAnswer(answer: HttpAnswer, json: unknown): string {
  const { host } = answer.url;
  if (json === undefined)
    return `Expected JSON from ${host}, got ${mediaType(answer.headers) ?? 'something else'}`;
  return `Expected an answer of this endpoint from ${host}, got other JSON`;
}
