/** What crosses a boundary is `unknown` until one of these has accepted it. */
import type { Delivery } from '#shared/callback/delivery.ts';
import {
  CHANNEL_SCHEMAS,
  MODEL_PROFILE_SCHEMA,
  SETTINGS_PATCH_SCHEMA,
  SETTINGS_SCHEMA,
} from '#shared/contract/channel-schemas.ts';
import type { Channel } from '#shared/contract/channels.ts';
import type { DocumentProblem } from '#shared/contract/documents.ts';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { DELIVERY_SCHEMA } from '#shared/contract/value-schemas.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { BATCH_JOB_SCHEMA } from '#shared/job/batch-job-schema.ts';
import { JOB_DOCUMENT_SCHEMA, JOB_SCHEMA } from '#shared/job/job-schema.ts';
import { JOBDECK_METADATA_SCHEMA } from '#shared/job/jobdeck-metadata-schema.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import { validatorOf } from './compile.ts';
import { explain } from './explain.ts';

/** True for a whole record: strictly valid, all 18 properties present, `metadata.jobdeck` as its schema says. */
export function isJob(value: unknown): value is BatchJob {
  return validatorOf(JOB_SCHEMA)(value);
}

export function isSettings(value: unknown): value is Settings {
  return validatorOf(SETTINGS_SCHEMA)(value);
}

export function isSettingsPatch(value: unknown): value is Partial<Settings> {
  return validatorOf(SETTINGS_PATCH_SCHEMA)(value);
}

export function isModelProfile(value: unknown): value is ModelProfile {
  return validatorOf(MODEL_PROFILE_SCHEMA)(value);
}

export function isDelivery(value: unknown): value is Delivery {
  return validatorOf(DELIVERY_SCHEMA)(value);
}

/** What keeps a value from being a strictly valid document (properties may be absent); empty where nothing does. */
export function checkDocument(value: unknown): DocumentProblem[] {
  return problemsOf(JOB_DOCUMENT_SCHEMA, value);
}

/** What keeps a value from being a whole record; empty where nothing does. */
export function checkJob(value: unknown): DocumentProblem[] {
  return problemsOf(JOB_SCHEMA, value);
}

/** What is wrong with a request on `channel`, or null. */
export function checkRequest(channel: Channel, value: unknown): DocumentProblem[] | null {
  return orNull(problemsOf(CHANNEL_SCHEMAS[channel].request, value));
}

/** What is wrong with an answer on `channel`, or null. */
export function checkResponse(channel: Channel, value: unknown): DocumentProblem[] | null {
  return orNull(problemsOf(CHANNEL_SCHEMAS[channel].response, value));
}

/** The strict schema of a BatchJob document. Self-contained: every `$ref` points into its own `$defs`. */
export const PUBLISHED_JOB_SCHEMA: JsonSchema = BATCH_JOB_SCHEMA;

/** The schema of what Jobdeck keeps under `metadata.jobdeck`, self-contained as well. */
export const PUBLISHED_METADATA_SCHEMA: JsonSchema = JOBDECK_METADATA_SCHEMA;

function problemsOf(schema: JsonSchema, value: unknown): DocumentProblem[] {
  const validate = validatorOf(schema);
  return validate(value) ? [] : explain(validate.errors ?? []);
}

function orNull(problems: DocumentProblem[]): DocumentProblem[] | null {
  return problems.length === 0 ? null : problems;
}
