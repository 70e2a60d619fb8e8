/** The small schemas that all others are made of. */
import { JOB_ID_PATTERN } from '../job/job-id.ts';
import { JOB_SCHEMA } from '../job/job-schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import { MAX_PAGE } from './limits.ts';

export const object = (properties: Record<string, JsonSchema>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
export const orNull = (schema: JsonSchema) => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: JsonSchema, maxItems: number = MAX_PAGE) => ({ type: 'array', items, maxItems });

export const text = { type: 'string' };
export const flag = { type: 'boolean' };
export const count = { type: 'integer', minimum: 0 };
export const positive = { type: 'integer', minimum: 1 };
export const limit = { type: 'integer', minimum: 1, maximum: MAX_PAGE };
export const job = { $ref: JOB_SCHEMA.$id };
/** No shorter than a document may have it: a job that runs must be spoken of. */
export const jobId = { type: 'string', pattern: JOB_ID_PATTERN };
export const handle = { type: 'string', format: 'uuid' };
export const nothing = object({});
