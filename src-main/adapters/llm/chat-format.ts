/**
 * `chat/completions` (https://platform.openai.com/docs/api-reference/chat) and `completions`, which differ in where a
 * choice has its text.
 */
import type { AnswerFormat, AnswerPart } from './answer-part.ts';
import { endpointProblem } from './endpoint-problem.ts';
import { isObject, type JsonObject, objectIn, objectsIn, textOf } from './json-value.ts';

export const chatFormat: AnswerFormat = choicesFormat(
  (choice) => objectIn(choice, 'delta'),
  (choice) => objectIn(choice, 'message'),
);

export const completionsFormat: AnswerFormat = choicesFormat(
  (choice) => ({ content: choice.text }),
  (choice) => ({ content: choice.text }),
);

type MessageOf = (choice: JsonObject) => JsonObject;

function choicesFormat(deltaOf: MessageOf, messageOf: MessageOf): AnswerFormat {
  return {
    ofEvent(event) {
      const problem = endpointProblem(event);
      if (problem !== null) return { problem };
      // A stream is asked for one choice; usage comes with none.
      return partOf(event, objectsIn(event, 'choices').slice(0, 1), deltaOf);
    },
    ofWhole(answer) {
      const problem = endpointProblem(answer);
      if (problem !== null) return { problem };
      const choices = objectsIn(answer, 'choices');
      return choices.length === 0 ? null : partOf(answer, choices, messageOf);
    },
  };
}

function partOf(answer: JsonObject, choices: readonly JsonObject[], messageOf: MessageOf): AnswerPart {
  const messages = choices.map(messageOf);
  const finishReason = choices
    .map((choice) => textOf(choice.finish_reason))
    .find((reason) => reason !== undefined);
  return {
    text: joined(messages.map((message) => contentOf(message.content) ?? textOf(message.refusal))),
    // `reasoning_content`: llama.cpp, vLLM before 0.12, LM Studio; `reasoning`: Ollama, vLLM.
    reasoning: joined(
      messages.map(({ reasoning_content, reasoning }) => textOf(reasoning_content) ?? textOf(reasoning)),
    ),
    finishReason,
    usage: isObject(answer.usage) ? { ...answer.usage } : undefined,
  };
}

/** A text, or a list of parts with texts. */
function contentOf(content: unknown): string | undefined {
  if (!Array.isArray(content)) return textOf(content);
  return joined(
    content.map((part) => (isObject(part) ? textOf(part.text) : undefined)),
    '',
  );
}

function joined(texts: readonly (string | undefined)[], between = '\n\n'): string | undefined {
  const present = texts.filter((text) => text !== undefined);
  return present.length === 0 ? undefined : present.join(between);
}
