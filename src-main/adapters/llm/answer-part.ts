/** What an endpoint says, whichever of the four it is: an event of a stream, or a whole answer. */
import type { EndpointProblem } from './endpoint-problem.ts';
import type { JsonObject } from './json-value.ts';

export interface AnswerPart {
  /** Of the answer itself. */
  text?: string;
  /** What the model thought before it answered. */
  reasoning?: string;
  /** As the endpoint names it. */
  finishReason?: string;
  usage?: Record<string, unknown>;
  /** The endpoint says that it failed. */
  problem?: EndpointProblem;
  /** Nothing comes after it. */
  isLast?: boolean;
}

/** How one endpoint writes its answers. */
export interface AnswerFormat {
  /** What an event adds; an empty part where it means nothing here. */
  ofEvent(event: JsonObject): AnswerPart;
  /** Null where it is no answer of this endpoint. */
  ofWhole(answer: JsonObject): AnswerPart | null;
}
