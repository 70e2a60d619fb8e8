/** What Jobdeck accepts as a job: the strict BatchJob schema, and `metadata.jobdeck` as its own schema says. */
import type { JsonSchema } from '../json-schema.ts';
import { BATCH_JOB_KEYS } from './batch-job.ts';
import { BATCH_JOB_SCHEMA } from './batch-job-schema.ts';
import { JOBDECK_METADATA_SCHEMA } from './jobdeck-metadata-schema.ts';

/** A document from outside: any property may be absent. */
export const JOB_DOCUMENT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:jobdeck:schema:job-document',
  allOf: [{ $ref: BATCH_JOB_SCHEMA.$id }],
  type: 'object',
  properties: {
    metadata: {
      type: ['object', 'null'],
      properties: { jobdeck: { $ref: JOBDECK_METADATA_SCHEMA.$id } },
    },
  },
} as const satisfies JsonSchema;

/** A whole record: the same, with all 18 properties present. */
export const JOB_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:jobdeck:schema:job',
  allOf: [{ $ref: JOB_DOCUMENT_SCHEMA.$id }],
  type: 'object',
  required: [...BATCH_JOB_KEYS],
} as const satisfies JsonSchema;
