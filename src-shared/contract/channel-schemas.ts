/** The schema of every request and every answer, channel by channel: what the router accepts and gives. */
import { APP_ERROR_CODES } from '../app-error.ts';
import { JOB_EVENT_TYPES } from '../job/events.ts';
import { ITEM_STATUSES } from '../job/items.ts';
import { JOB_ID_PATTERN } from '../job/job-id.ts';
import { JOB_SCHEMA } from '../job/job-schema.ts';
import {
  ENDED_DEPENDENCY_SCHEMA,
  ITEMS_SCHEMA,
  JOB_ERROR_SCHEMA,
  JOB_RESULT_SCHEMA,
  SCHEDULE_SCHEMA,
} from '../job/jobdeck-metadata-schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import {
  type Channel,
  CONSENTS,
  EXPORT_FORMATS,
  FILE_CHOICES,
  ITEM_EXPORT_FORMATS,
  MAX_OUTPUT_CHUNK_BYTES,
  MAX_PAGE,
  MAX_TEXT_LENGTH,
  OUTPUT_STREAMS,
} from './channels.ts';
import { AGENT_ID_PATTERN, SECRET_BACKENDS, SECRET_NAME_PATTERN } from './profiles.ts';
import { HOLD_REASONS, QUEUE_MODES, WAIT_REASONS } from './runner-state.ts';
import { NOTIFY_WHEN, THEMES } from './settings.ts';

const object = (properties: Record<string, JsonSchema>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
const orNull = (schema: JsonSchema) => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: JsonSchema, maxItems: number = MAX_PAGE) => ({ type: 'array', items, maxItems });

const text = { type: 'string' };
const flag = { type: 'boolean' };
const count = { type: 'integer', minimum: 0 };
const positive = { type: 'integer', minimum: 1 };
const limit = { type: 'integer', minimum: 1, maximum: MAX_PAGE };
const job = { $ref: JOB_SCHEMA.$id };
const jobId = { type: 'string', pattern: JOB_ID_PATTERN, maxLength: 1000 };
const handle = { type: 'string', format: 'uuid' };
const nothing = object({});

const cursor = object({ journalId: text, seq: count });
const appError = object({ code: { type: 'string', enum: [...APP_ERROR_CODES] }, message: text });
const event = object({
  journalId: text,
  seq: positive,
  jobId,
  at: { type: 'string', format: 'date-time' },
  type: { type: 'string', enum: [...JOB_EVENT_TYPES] },
  job,
});
const outputRef = {
  jobId,
  attempt: positive,
  item: count,
  stream: { type: 'string', enum: [...OUTPUT_STREAMS] },
};
const fileName = { type: 'string', maxLength: 200, pattern: '^[^/\\\\\\u0000]*$' };
const problem = object({ path: text, message: text });
const checked = object({
  file: text,
  line: positive,
  index: count,
  id: orNull(text),
  valid: flag,
  errors: { type: 'array', items: problem },
  repairs: { type: 'array', items: problem },
  job: orNull(job),
});
const preview = object({
  importId: handle,
  files: { type: 'array', items: object({ name: text, sizeBytes: count }) },
  counts: object({ total: count, valid: count, repaired: count, invalid: count }),
});

const settingsProperties = {
  slots: orNull({ type: 'integer', minimum: 1, maximum: 1024 }),
  theme: { type: 'string', enum: [...THEMES] },
  notifyWhen: { type: 'string', enum: [...NOTIFY_WHEN] },
  whenClosed: { type: 'string', enum: ['ask', 'keep-running', 'quit'] },
  keepAwake: flag,
  pauseOnBattery: flag,
  waitForNetwork: flag,
};
export const SETTINGS_SCHEMA = object(settingsProperties);
export const SETTINGS_PATCH_SCHEMA = object(settingsProperties, Object.keys(settingsProperties));

const queueName = { type: 'string', minLength: 1, maxLength: 100 };
const queueSettings = {
  name: queueName,
  slots: orNull({ type: 'integer', minimum: 1, maximum: 1024 }),
  mode: { type: 'string', enum: [...QUEUE_MODES] },
};
const runnerStatus = object({
  slots: positive,
  running: count,
  pending: count,
  callbacksDue: count,
  problem: orNull(text),
  queues: { type: 'array', items: object({ ...queueSettings, running: count, pending: count }) },
  holds: list(object({ reason: { type: 'string', enum: [...HOLD_REASONS] }, message: text })),
});

const itemStatus = { type: 'string', enum: [...ITEM_STATUSES] };
const itemCounts = object(Object.fromEntries(ITEM_STATUSES.map((status) => [status, count])));
const itemRecord = object({
  index: count,
  item: {},
  status: itemStatus,
  attempts: count,
  duration_ns: orNull(count),
  ttft_ns: orNull(count),
  result: orNull(JOB_RESULT_SCHEMA),
  error: orNull(JOB_ERROR_SCHEMA),
});
const progress = object({
  id: jobId,
  waitsFor: orNull({ type: 'string', enum: [...WAIT_REASONS] }),
  waitsUntil: orNull(text),
  suspended: flag,
  batch: orNull(
    object({
      isLoaded: flag,
      counts: itemCounts,
      itemsPerSecond: orNull({ type: 'number', minimum: 0 }),
      etaMs: orNull({ type: 'number', minimum: 0 }),
    }),
  ),
});
const switched = object({ done: list(jobId), refused: list(object({ id: jobId, error: appError })) });

const agentId = { type: 'string', pattern: AGENT_ID_PATTERN };
const secretName = { type: 'string', pattern: SECRET_NAME_PATTERN };
export const MODEL_PROFILE_SCHEMA = object({
  id: agentId,
  name: { type: 'string', minLength: 1, maxLength: 200 },
  base_url: { type: 'string', pattern: '^https?://[^\\s]+[^/\\s]$', maxLength: 2000 },
  model: orNull({ type: 'string', minLength: 1, maxLength: 500 }),
  parameters: { type: 'object' },
  secret_name: orNull(secretName),
});
const path = { type: 'string', minLength: 1, maxLength: 32_768 };

export const CHANNEL_SCHEMAS: { readonly [C in Channel]: { request: JsonSchema; response: JsonSchema } } = {
  'app:info': {
    request: nothing,
    response: object({
      name: text,
      version: text,
      platform: text,
      runtime: text,
      profileId: text,
      dataDirectory: text,
      homeDirectory: text,
      cpuCount: positive,
    }),
  },
  'job:submit': {
    request: object(
      {
        jobs: list(job),
        consent: { type: 'string', enum: [...CONSENTS] },
        ended: list(ENDED_DEPENDENCY_SCHEMA),
      },
      ['ended'],
    ),
    response: object({ accepted: list(jobId), refused: list(object({ id: jobId, error: appError })) }),
  },
  'job:cancel': {
    request: object({ ids: list(jobId) }),
    response: object({ requested: list(jobId), unknown: list(jobId) }),
  },
  'job:forget': { request: object({ ids: list(jobId) }), response: object({ refused: list(jobId) }) },
  'job:suspend': { request: object({ ids: list(jobId) }), response: switched },
  'job:continue': { request: object({ ids: list(jobId) }), response: switched },
  'job:move': { request: object({ id: jobId, before: orNull(jobId) }), response: nothing },
  'job:progress': { request: object({ ids: list(jobId) }), response: object({ jobs: list(progress) }) },
  'item:page': {
    request: object({ jobId, status: orNull(itemStatus), after: orNull(count), limit }),
    response: object({ items: list(itemRecord), next: orNull(count), counts: itemCounts }),
  },
  'item:export': {
    request: object({
      jobId,
      format: { type: 'string', enum: [...ITEM_EXPORT_FORMATS] },
      suggestedName: fileName,
    }),
    response: orNull(object({ paths: list(text), count })),
  },
  'item:preview': {
    request: object({ items: ITEMS_SCHEMA, limit }),
    response: object({
      items: list(object({ index: count, item: {} })),
      total: orNull(count),
      problem: orNull(text),
    }),
  },
  'queue:save': { request: object(queueSettings), response: nothing },
  'queue:remove': { request: object({ name: queueName }), response: nothing },
  'schedule:times': {
    request: object({ schedule: SCHEDULE_SCHEMA }),
    response: object({ times: list(text), problem: orNull(text) }),
  },
  'profile:list': { request: nothing, response: object({ profiles: list(MODEL_PROFILE_SCHEMA) }) },
  'profile:save': { request: MODEL_PROFILE_SCHEMA, response: nothing },
  'profile:remove': { request: object({ id: agentId }), response: nothing },
  'secret:list': {
    request: nothing,
    response: object({ names: list(secretName), backend: { type: 'string', enum: [...SECRET_BACKENDS] } }),
  },
  'secret:save': {
    request: object({ name: secretName, value: { type: 'string', minLength: 1, maxLength: 65_536 } }),
    response: nothing,
  },
  'secret:remove': { request: object({ name: secretName }), response: nothing },
  'file:choose': {
    request: object({ what: { type: 'string', enum: [...FILE_CHOICES] } }),
    response: orNull(object({ path })),
  },
  'openai-batch:inspect': {
    request: object({ path }),
    response: object({
      path,
      requests: count,
      endpoint: orNull(text),
      models: list(text),
      problems: list(object({ line: positive, message: text })),
    }),
  },
  'runner:status': { request: nothing, response: runnerStatus },
  'outbox:pull': {
    request: object({ cursor: orNull(cursor), limit }),
    response: {
      type: 'object',
      discriminator: { propertyName: 'kind' },
      required: ['kind'],
      oneOf: [
        object({ kind: { const: 'events' }, journalId: text, head: count, events: list(event) }),
        object({ kind: { const: 'gap' }, journalId: text, head: count }),
      ],
    },
  },
  'outbox:ack': { request: cursor, response: nothing },
  'outbox:snapshot': {
    request: object({ after: orNull(jobId), limit }),
    response: object({
      journalId: text,
      head: count,
      jobs: list(object({ seq: count, job })),
      next: orNull(jobId),
    }),
  },
  'output:read': {
    request: object(
      {
        ...outputRef,
        offset: { type: 'integer' },
        maxBytes: { type: 'integer', minimum: 0, maximum: MAX_OUTPUT_CHUNK_BYTES },
      },
      ['item'],
    ),
    // A Uint8Array is an object to a JSON Schema: that it holds bytes is for the type system to say.
    response: object({ offset: count, bytes: { type: 'object' }, sizeBytes: count }),
  },
  'output:reveal': { request: object(outputRef, ['item']), response: nothing },
  'document:check': {
    request: object({ text: { type: 'string', maxLength: MAX_TEXT_LENGTH } }),
    response: object({ documents: list(checked) }),
  },
  'import:choose': { request: nothing, response: orNull(preview) },
  'import:open': {
    request: object({
      paths: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, maxItems: MAX_PAGE },
    }),
    response: preview,
  },
  'import:text': {
    request: object({
      name: { type: 'string', maxLength: 1000 },
      text: { type: 'string', maxLength: MAX_TEXT_LENGTH },
    }),
    response: preview,
  },
  'import:page': {
    request: object({ importId: handle, after: count, limit }),
    response: object({ documents: list(checked), next: orNull(count) }),
  },
  'import:close': { request: object({ importId: handle }), response: nothing },
  'export:choose': {
    request: object({
      suggestedName: fileName,
      format: { type: 'string', enum: [...EXPORT_FORMATS] },
    }),
    response: orNull(object({ exportId: handle, path: text })),
  },
  'export:write': { request: object({ exportId: handle, jobs: list(job) }), response: nothing },
  'export:finish': {
    request: object({ exportId: handle }),
    response: object({ path: text, count, sizeBytes: count }),
  },
  'export:cancel': { request: object({ exportId: handle }), response: nothing },
  'settings:read': { request: nothing, response: SETTINGS_SCHEMA },
  'settings:write': { request: SETTINGS_PATCH_SCHEMA, response: SETTINGS_SCHEMA },
};
