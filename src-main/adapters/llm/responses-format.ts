/** `responses` (https://platform.openai.com/docs/api-reference/responses). */
import type { AnswerFormat, AnswerPart } from './answer-part.ts';
import { endpointProblem } from './endpoint-problem.ts';
import { isObject, type JsonObject, objectIn, objectsIn, textOf } from './json-value.ts';

export const responsesFormat: AnswerFormat = {
  ofEvent(event) {
    switch (event.type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return { text: textOf(event.delta) };
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        return { reasoning: textOf(event.delta) };
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed': {
        // Its text is in the deltas.
        const { text: _, ...end } = endOf(objectIn(event, 'response'), event);
        return { ...end, isLast: true };
      }
      default: {
        const problem = endpointProblem(event);
        return problem === null ? {} : { problem };
      }
    }
  },
  ofWhole(answer) {
    const isAnswer = answer.object === 'response' || Array.isArray(answer.output);
    if (isAnswer) return endOf(answer, answer);
    const problem = endpointProblem(answer);
    return problem === null ? null : { problem };
  },
};

/** @param around what holds the response: some servers put the error beside it */
function endOf(response: JsonObject, around: JsonObject): AnswerPart {
  const usage = isObject(response.usage) ? { ...response.usage } : undefined;
  const problem = endpointProblem(response) ?? endpointProblem(around);
  if (problem !== null) return { problem, usage };
  const texts = objectsIn(response, 'output')
    .flatMap((item) => objectsIn(item, 'content'))
    .map((content) => textOf(content.text) ?? textOf(content.refusal))
    .filter((text) => text !== undefined);
  const status = textOf(response.status) ?? 'completed';
  const finishReason = textOf(objectIn(response, 'incomplete_details').reason) ?? status;
  return { text: texts.length === 0 ? undefined : texts.join('\n\n'), finishReason, usage };
}
