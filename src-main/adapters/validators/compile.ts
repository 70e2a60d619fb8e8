/** The one ajv instance. Each schema is compiled once, when it is first asked for. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { DELIVERY_SCHEMA } from '#shared/contract/value-schemas.ts';
import { BATCH_JOB_SCHEMA } from '#shared/job/batch-job-schema.ts';
import { JOB_DOCUMENT_SCHEMA, JOB_SCHEMA } from '#shared/job/job-schema.ts';
import { JOBDECK_METADATA_SCHEMA } from '#shared/job/jobdeck-metadata-schema.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import { isDateTime } from './date-time.ts';

const ajv = new Ajv2020({
  strict: true,
  // Wants every required property declared beside `required`, which a `oneOf` with a shared `kind` can't do.
  strictRequired: false,
  allErrors: true,
  discriminator: true,
  // Errors carry the schema and the value they are about: the sentences are made from them.
  verbose: true,
});
addFormats.default(ajv, ['uuid']);
ajv.addFormat('date-time', { type: 'string', validate: isDateTime });
const NAMED = [BATCH_JOB_SCHEMA, JOBDECK_METADATA_SCHEMA, JOB_DOCUMENT_SCHEMA, JOB_SCHEMA] as const;
ajv.addSchema([...NAMED]);

const compiled = new Map<JsonSchema, ValidateFunction>();

/** The compiled form of a schema: one of ours by its `$id`, any other by identity. */
export function validatorOf(schema: JsonSchema): ValidateFunction {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = (typeof schema.$id === 'string' && ajv.getSchema(schema.$id)) || ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return validate;
}

/**
 * Compiles the schemas of jobs and deliveries ahead of need, one at a time with a turn of the event loop between
 * them: all at once they take about 60 ms on a slow machine, which a window would feel.
 */
export async function prepareValidators(): Promise<void> {
  for (const schema of [...NAMED, DELIVERY_SCHEMA]) {
    await new Promise((resolve) => setImmediate(resolve));
    validatorOf(schema);
  }
}
