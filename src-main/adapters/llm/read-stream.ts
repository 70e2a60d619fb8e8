/** A streamed answer: its text goes to the output file as it comes. */
import { decodedBody } from '../http/decoded-body.ts';
import { excerptOf } from '../http/excerpt.ts';
import type { Exchange, Verdict } from '../http/exchange.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import type { AnswerFormat, AnswerPart } from './answer-part.ts';
import { type EndpointProblem, endpointProblem } from './endpoint-problem.ts';
import { createEventReader } from './event-reader.ts';
import { endpointFailure, modelFailure, verdictOfFinish } from './finish-verdict.ts';
import { isObject, parseJson } from './json-value.ts';
import { createKeptText } from './kept-text.ts';

/** How long a server may hold the connection open after the last event, milliseconds. */
const LINGER_MS = 1000;

const END_OF_STREAM = '[DONE]';

/**
 * Reads the stream to its end. The first output is the first text or reasoning that is not empty: the role, which
 * comes before, is none. Text goes to stdout, reasoning to stderr, so that stdout is the answer alone.
 * @throws ExchangeFailure
 */
export async function readStream(
  answer: HttpAnswer,
  format: AnswerFormat,
  redact: readonly string[],
  exchange: Exchange,
): Promise<Verdict> {
  const kept = createKeptText();
  const heard = createListener(format, redact);
  const tell = async () => {
    const { text, reasoning } = heard.take();
    if (text !== '' || reasoning !== '') exchange.markOutput();
    if (reasoning !== '') await exchange.write('stderr', Buffer.from(reasoning));
    if (text === '') return;
    kept.add(text);
    await exchange.write('stdout', Buffer.from(text));
  };

  let linger: NodeJS.Timeout | undefined;
  try {
    for await (const chunk of decodedBody(answer)) {
      heard.feed(chunk);
      await tell();
      if (heard.failure() !== null) break;
      // Read to the end, the connection can be used again.
      if (heard.isDone()) linger ??= setTimeout(() => answer.body.destroy(), LINGER_MS);
    }
    heard.end();
    await tell();
  } catch (error) {
    // What breaks after the last event does not matter any more.
    if (!heard.isDone() || exchange.signal.aborted) throw error;
  } finally {
    clearTimeout(linger);
    const { usage, finishReason } = heard;
    exchange.result = {
      ...exchange.result,
      text: kept.text(redact),
      ...(usage() !== undefined && { usage: usage() }),
      ...(finishReason() !== undefined && { finish_reason: finishReason() }),
    };
  }
  return heard.failure() ?? verdictOf(heard, answer.url.host);
}

function verdictOf(heard: ReturnType<typeof createListener>, host: string): Verdict {
  if (!heard.hasAnswer()) {
    return modelFailure(
      'invalid_llm_response',
      `${host} answered with a stream that holds no answer: check that base_url is that of an OpenAI-compatible endpoint.`,
    );
  }
  if (!heard.isDone() && heard.finishReason() === undefined) {
    return modelFailure('invalid_llm_response', `The stream of ${host} ended in the middle of the answer.`);
  }
  return verdictOfFinish(heard.finishReason());
}

/** What the events have said so far. */
function createListener(format: AnswerFormat, redact: readonly string[]) {
  let text = '';
  let reasoning = '';
  let last: Pick<AnswerPart, 'usage' | 'finishReason'> = {};
  let failure: Verdict | null = null;
  let isDone = false;
  let hasAnswer = false;

  const onProblem = (problem: EndpointProblem) => {
    failure ??= endpointFailure('The endpoint broke the answer off', problem, redact);
  };
  const onEvent = (data: string) => {
    if (data.trim() === END_OF_STREAM) {
      isDone = true;
      return;
    }
    const event = parseJson(data);
    if (!isObject(event)) {
      const start = JSON.stringify(excerptOf(data, 100, redact));
      failure ??= modelFailure('invalid_llm_response', `Expected an event with a JSON object, got ${start}.`);
      return;
    }
    const part = format.ofEvent(event);
    text += part.text ?? '';
    reasoning += part.reasoning ?? '';
    last = { usage: part.usage ?? last.usage, finishReason: part.finishReason ?? last.finishReason };
    if (part.text !== undefined || part.reasoning !== undefined || part.finishReason !== undefined)
      hasAnswer = true;
    if (part.isLast) isDone = true;
    if (part.problem !== undefined) onProblem(part.problem);
  };
  /** llama.cpp before b5000 wrote `error: {...}`; Ollama a bare `{"error": "..."}`. */
  const onStrayLine = (line: string) => {
    const value = parseJson(line.replace(/^error: ?/, ''));
    const problem =
      endpointProblem(value) ?? (line.startsWith('error:') ? endpointProblem({ error: value }) : null);
    if (problem !== null) onProblem(problem);
  };
  const reader = createEventReader({
    onEvent,
    onStrayLine,
    onTooLong() {
      failure ??= modelFailure(
        'invalid_llm_response',
        'The stream holds an event that is longer than 16 MiB.',
      );
    },
  });
  return {
    feed: reader.feed,
    end: reader.end,
    /** The text and the reasoning that came since the last call. */
    take() {
      const taken = { text, reasoning };
      text = '';
      reasoning = '';
      return taken;
    },
    usage: () => last.usage,
    finishReason: () => last.finishReason,
    failure: () => failure,
    isDone: () => isDone,
    hasAnswer: () => hasAnswer,
  };
}
