/** `embeddings` (https://platform.openai.com/docs/api-reference/embeddings): never streamed. */
import type { AnswerFormat } from './answer-part.ts';
import { endpointProblem } from './endpoint-problem.ts';
import { isObject, objectsIn } from './json-value.ts';

export const embeddingsFormat: AnswerFormat = {
  ofEvent: () => ({}),
  ofWhole(answer) {
    const problem = endpointProblem(answer);
    if (problem !== null) return { problem };
    const sizes = objectsIn(answer, 'data').map(({ embedding }) => dimensionsOf(embedding));
    const [dimensions = null] = sizes;
    if (dimensions === null || sizes.includes(null)) return null;
    return {
      text: `${sizes.length} ${sizes.length === 1 ? 'embedding' : 'embeddings'} of ${dimensions} dimensions`,
      usage: isObject(answer.usage) ? { ...answer.usage } : undefined,
    };
  },
};

/** Numbers, or 32-bit floats in base64; null where it is neither. */
function dimensionsOf(embedding: unknown): number | null {
  if (typeof embedding === 'string') return Math.floor(Buffer.byteLength(embedding, 'base64') / 4);
  return Array.isArray(embedding) && typeof embedding[0] === 'number' ? embedding.length : null;
}
