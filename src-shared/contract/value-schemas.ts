/** The schemas of the values that requests and answers are made of. */
import { APP_ERROR_CODES } from '../app-error.ts';
import {
  CALLBACK_ENDS,
  DELIVERY_ID_PATTERN,
  DELIVERY_STATES,
  DELIVERY_TYPES,
  MAX_ATTEMPTS_KEPT,
  MAX_SCHEDULE_STEP_MS,
  MAX_SCHEDULE_STEPS,
} from '../callback/delivery.ts';
import { JOB_EVENT_TYPES } from '../job/events.ts';
import { ITEM_STATUSES } from '../job/items.ts';
import { JOB_ERROR_SCHEMA, JOB_RESULT_SCHEMA } from '../job/jobdeck-metadata-schema.ts';
import { BACKUP_KINDS, BACKUP_REASONS, MAX_BACKUP_HOURS, MAX_BACKUPS_KEPT } from './backups.ts';
import { CALLBACK_KEY_KINDS, RECEIVED_VERDICTS } from './callbacks.ts';
import { IMPORT_FILTERS, REPAIR_KINDS } from './documents.ts';
import { OUTPUT_STREAMS } from './output.ts';
import { AGENT_ID_PATTERN, SECRET_NAME_PATTERN } from './profiles.ts';
import { MAX_RETENTION, RETENTION_STATUSES } from './retention.ts';
import { HOLD_REASONS, QUEUE_MODES, WAIT_REASONS } from './runner-state.ts';
import { count, flag, handle, job, jobId, list, object, orNull, positive, text } from './schema-parts.ts';
import { NOTIFY_WHEN, THEMES } from './settings.ts';

export const cursor = object({ journalId: text, seq: count });
export const appError = object({ code: { type: 'string', enum: [...APP_ERROR_CODES] }, message: text });
const dateTime = { type: 'string', format: 'date-time' };

export const deliveryId = { type: 'string', pattern: DELIVERY_ID_PATTERN };
/** An absolute URL of a callback; what it may lead to is checked where it is sent. */
export const callbackUrl = { type: 'string', minLength: 1, maxLength: 8192 };
const attempt = object({
  number: positive,
  startedAt: dateTime,
  durationMs: { type: 'number', minimum: 0 },
  address: orNull(text),
  isSigned: flag,
  statusCode: orNull(count),
  error: orNull(text),
  answer: orNull(text),
});
export const DELIVERY_SCHEMA = object({
  id: deliveryId,
  jobId,
  type: { type: 'string', enum: [...DELIVERY_TYPES] },
  url: text,
  state: { type: 'string', enum: [...DELIVERY_STATES] },
  reason: orNull(text),
  createdAt: dateTime,
  updatedAt: dateTime,
  nextAttemptAt: orNull(dateTime),
  attemptCount: count,
  step: count,
  attempts: list(attempt, MAX_ATTEMPTS_KEPT),
});

export const event = object(
  {
    journalId: text,
    seq: positive,
    jobId,
    at: { type: 'string', format: 'date-time' },
    type: { type: 'string', enum: [...JOB_EVENT_TYPES] },
    job,
    deliveries: list(DELIVERY_SCHEMA),
  },
  ['deliveries'],
);
export const outputRef = {
  jobId,
  attempt: positive,
  item: count,
  stream: { type: 'string', enum: [...OUTPUT_STREAMS] },
};
export const exportBegun = object({ exportId: handle, path: text });
export const fileName = { type: 'string', maxLength: 200, pattern: '^[^/\\\\\\u0000]*$' };
export const problem = object({ path: text, message: text });
export const repairKind = { type: 'string', enum: [...REPAIR_KINDS] };
export const importOpened = object({
  importId: handle,
  files: { type: 'array', items: object({ name: text, sizeBytes: count }) },
});
export const importProgress = object({
  importId: handle,
  bytesRead: count,
  totalBytes: count,
  counts: object({ total: count, valid: count, repaired: count, invalid: count }),
  state: { type: 'string', enum: ['reading', 'read', 'failed'] },
  problem: orNull(text),
});
export const importFilter = { type: 'string', enum: [...IMPORT_FILTERS] };

const retentionLimits = object({
  days: orNull({ type: 'integer', minimum: 1, maximum: MAX_RETENTION.days }),
  count: orNull({ type: 'integer', minimum: 0, maximum: MAX_RETENTION.count }),
  megabytes: orNull({ type: 'integer', minimum: 1, maximum: MAX_RETENTION.megabytes }),
});
const retentionRule = object({ jobs: retentionLimits, output: retentionLimits });
export const settingsProperties = {
  slots: orNull({ type: 'integer', minimum: 1, maximum: 1024 }),
  theme: { type: 'string', enum: [...THEMES] },
  notifyWhen: { type: 'string', enum: [...NOTIFY_WHEN] },
  whenClosed: { type: 'string', enum: ['ask', 'keep-running', 'quit'] },
  keepAwake: flag,
  pauseOnBattery: flag,
  waitForNetwork: flag,
  callbackEnds: {
    type: 'array',
    items: { type: 'string', enum: [...CALLBACK_ENDS] },
    uniqueItems: true,
    maxItems: CALLBACK_ENDS.length,
  },
  callbackItems: flag,
  callbackScheduleMs: {
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: MAX_SCHEDULE_STEP_MS },
    minItems: 1,
    maxItems: MAX_SCHEDULE_STEPS,
  },
  callbacksAtATime: { type: 'integer', minimum: 1, maximum: 256 },
  callbacksPerHost: { type: 'integer', minimum: 1, maximum: 64 },
  backupEveryHours: orNull({ type: 'integer', minimum: 1, maximum: MAX_BACKUP_HOURS }),
  backupsKept: { type: 'integer', minimum: 1, maximum: MAX_BACKUPS_KEPT },
  retention: object({
    isAutomatic: flag,
    rules: object(Object.fromEntries(RETENTION_STATUSES.map((status) => [status, retentionRule]))),
  }),
};
export const SETTINGS_SCHEMA = object(settingsProperties);
export const SETTINGS_PATCH_SCHEMA = object(settingsProperties, Object.keys(settingsProperties));

export const queueName = { type: 'string', minLength: 1, maxLength: 100 };
export const queueSettings = {
  name: queueName,
  slots: orNull({ type: 'integer', minimum: 1, maximum: 1024 }),
  mode: { type: 'string', enum: [...QUEUE_MODES] },
};
export const runnerStatus = object({
  slots: positive,
  running: count,
  pending: count,
  callbacksDue: count,
  problem: orNull(text),
  queues: { type: 'array', items: object({ ...queueSettings, running: count, pending: count }) },
  holds: list(object({ reason: { type: 'string', enum: [...HOLD_REASONS] }, message: text })),
});

export const itemStatus = { type: 'string', enum: [...ITEM_STATUSES] };
export const itemCounts = object(Object.fromEntries(ITEM_STATUSES.map((status) => [status, count])));
export const itemRecord = object({
  index: count,
  item: {},
  status: itemStatus,
  attempts: count,
  duration_ns: orNull(count),
  ttft_ns: orNull(count),
  result: orNull(JOB_RESULT_SCHEMA),
  error: orNull(JOB_ERROR_SCHEMA),
});
export const progress = object({
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
export const switched = object({ done: list(jobId), refused: list(object({ id: jobId, error: appError })) });

export const agentId = { type: 'string', pattern: AGENT_ID_PATTERN };
export const secretName = { type: 'string', pattern: SECRET_NAME_PATTERN };
export const MODEL_PROFILE_SCHEMA = object({
  id: agentId,
  name: { type: 'string', minLength: 1, maxLength: 200 },
  base_url: { type: 'string', pattern: '^https?://[^\\s]+[^/\\s]$', maxLength: 2000 },
  model: orNull({ type: 'string', minLength: 1, maxLength: 500 }),
  parameters: { type: 'object' },
  secret_name: orNull(secretName),
});
const backupCounts = object(Object.fromEntries(BACKUP_KINDS.map((kind) => [kind, count])));
export const backupFile = object({
  name: text,
  createdAt: dateTime,
  reason: { type: 'string', enum: [...BACKUP_REASONS] },
  sizeBytes: count,
  currentAt: dateTime,
});
export const backupCheck = object({
  name: text,
  checkedAt: dateTime,
  counts: orNull(backupCounts),
  problem: orNull(text),
});
export const backupOpened = object({ openId: handle, name: text, sizeBytes: count });
export const backupReading = {
  type: 'object',
  discriminator: { propertyName: 'state' },
  required: ['state'],
  oneOf: [
    object({ state: { const: 'reading' }, bytesRead: count }),
    object({
      state: { const: 'read' },
      contents: object({
        createdAt: dateTime,
        appVersion: text,
        counts: backupCounts,
        isOwn: flag,
        unreadable: count,
        firstProblem: orNull(text),
      }),
    }),
    object({ state: { const: 'failed' }, problem: text }),
  ],
};
/** Whatever the history has is backed up, and what is not valid any more, too; what is read back is checked there. */
export const backupRecord = {
  type: 'object',
  properties: { kind: { type: 'string', enum: [...BACKUP_KINDS] } },
  required: ['kind'],
};

export const path = { type: 'string', minLength: 1, maxLength: 32_768 };

export const callbackKeyKind = { type: 'string', enum: [...CALLBACK_KEY_KINDS] };
export const callbackKey = object({
  id: handle,
  scope: text,
  kind: callbackKeyKind,
  createdAt: dateTime,
  previousUntil: orNull(dateTime),
  publicKey: orNull(text),
});
export const callbackKeyMade = object({ key: callbackKey, secret: text });
/** As it is typed: what is wrong with it is told in a sentence. */
export const callbackSecret = orNull({ type: 'string', minLength: 1, maxLength: 1000 });
export const receiverState = object({
  url: orNull(text),
  hasSecret: flag,
  answerStatus: positive,
  received: count,
});
export const received = object({
  number: positive,
  at: dateTime,
  method: text,
  path: text,
  status: positive,
  headers: { type: 'object', additionalProperties: text },
  body: text,
  isCut: flag,
  webhookId: orNull(text),
  verdict: { type: 'string', enum: [...RECEIVED_VERDICTS] },
  problem: orNull(text),
  isRepeat: flag,
});
