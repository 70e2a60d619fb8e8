/** The schema of every request and every answer, channel by channel: what the router accepts and gives. */
import { ENDED_DEPENDENCY_SCHEMA, ITEMS_SCHEMA, SCHEDULE_SCHEMA } from '../job/jobdeck-metadata-schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import { BACKUP_KINDS, BACKUP_REASONS } from './backups.ts';
import { RECEIVED_KEPT } from './callbacks.ts';
import type { Channel } from './channels.ts';
import { EXPORT_FORMATS, EXPORT_PACKINGS, ITEM_EXPORT_FORMATS } from './exports.ts';
import { FILE_CHOICES } from './items.ts';
import { CONSENTS } from './jobs.ts';
import {
  MAX_ENDED_DEPENDENCIES,
  MAX_IMPORT_PATHS,
  MAX_KNOWN_DELIVERIES,
  MAX_OUTPUT_CHUNK_BYTES,
  MAX_PAGE,
  MAX_TEXT_LENGTH,
} from './limits.ts';
import { MAX_SEARCH_LENGTH, MAX_SEARCHED_JOBS } from './output-search.ts';
import { SECRET_BACKENDS } from './profiles.ts';
import {
  count,
  flag,
  handle,
  job,
  jobId,
  limit,
  list,
  nothing,
  object,
  orNull,
  positive,
  text,
} from './schema-parts.ts';
import {
  agentId,
  appError,
  backupCheck,
  backupFile,
  backupOpened,
  backupReading,
  backupRecord,
  callbackKey,
  callbackKeyKind,
  callbackKeyMade,
  callbackSecret,
  callbackUrl,
  cursor,
  DELIVERY_SCHEMA,
  deliveryId,
  event,
  exportBegun,
  fileName,
  importFilter,
  importOpened,
  importProgress,
  itemCounts,
  itemRecord,
  itemStatus,
  MODEL_PROFILE_SCHEMA,
  outputRef,
  path,
  progress,
  queueName,
  queueSettings,
  received,
  receiverState,
  repairKind,
  runnerStatus,
  SETTINGS_PATCH_SCHEMA,
  SETTINGS_SCHEMA,
  secretName,
  switched,
} from './value-schemas.ts';

export { MODEL_PROFILE_SCHEMA, SETTINGS_PATCH_SCHEMA, SETTINGS_SCHEMA } from './value-schemas.ts';

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
  'app:room': { request: nothing, response: nothing },
  'job:submit': {
    request: object(
      {
        jobs: list(job),
        consent: { type: 'string', enum: [...CONSENTS] },
        ended: list(ENDED_DEPENDENCY_SCHEMA, MAX_ENDED_DEPENDENCIES),
        localCallbacks: list(text),
      },
      ['ended', 'localCallbacks'],
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
  'job:move': {
    request: object({
      id: jobId,
      to: { anyOf: [{ type: 'string', enum: ['first', 'last'] }, object({ before: jobId })] },
    }),
    response: nothing,
  },
  'job:progress': { request: object({ ids: list(jobId) }), response: object({ jobs: list(progress) }) },
  'item:page': {
    request: object({ jobId, status: orNull(itemStatus), after: orNull(count), limit }),
    response: object({ items: list(itemRecord), next: orNull(count), counts: itemCounts }),
  },
  'item:export': {
    request: object({
      jobIds: { type: 'array', items: jobId, minItems: 1, maxItems: MAX_PAGE },
      format: { type: 'string', enum: [...ITEM_EXPORT_FORMATS] },
      isGzip: flag,
      suggestedName: fileName,
    }),
    response: orNull(exportBegun),
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
  'callback:send': {
    request: object({
      sends: list(
        object({
          jobId,
          job: orNull(job),
          deliveryId: orNull(deliveryId),
          url: orNull(callbackUrl),
        }),
      ),
    }),
    response: object({ sent: list(deliveryId), refused: list(object({ jobId, error: appError })) }),
  },
  'callback:stop': {
    request: object({ ids: list(deliveryId) }),
    response: object({ stopped: list(deliveryId) }),
  },
  'callback:allow': { request: object({ origin: callbackUrl }), response: nothing },
  'callback:preview': {
    request: object({ id: deliveryId }),
    response: object({
      url: text,
      headers: { type: 'object', additionalProperties: text },
      body: text,
    }),
  },
  'callback-key:list': {
    request: nothing,
    response: object({ keys: list(callbackKey), backend: { type: 'string', enum: [...SECRET_BACKENDS] } }),
  },
  'callback-key:save': {
    request: object({ scope: callbackUrl, kind: callbackKeyKind, secret: callbackSecret }),
    response: callbackKeyMade,
  },
  'callback-key:rotate': {
    request: object({ id: handle, secret: callbackSecret }),
    response: callbackKeyMade,
  },
  'callback-key:remove': { request: object({ id: handle }), response: nothing },
  'receiver:state': { request: nothing, response: receiverState },
  'receiver:start': {
    request: object({
      port: orNull({ type: 'integer', minimum: 1, maximum: 65_535 }),
      secret: callbackSecret,
      answerStatus: { type: 'integer', minimum: 200, maximum: 599 },
    }),
    response: receiverState,
  },
  'receiver:stop': { request: nothing, response: receiverState },
  'receiver:list': { request: nothing, response: object({ received: list(received, RECEIVED_KEPT) }) },
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
      jobs: list(object({ seq: count, job, deliveries: list(DELIVERY_SCHEMA) })),
      next: orNull(jobId),
    }),
  },
  'outbox:deliveries': {
    request: object({ ids: list(deliveryId, MAX_KNOWN_DELIVERIES) }),
    response: object({
      journalId: text,
      head: count,
      deliveries: list(DELIVERY_SCHEMA, MAX_KNOWN_DELIVERIES),
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
  'output:search': {
    request: object({
      searchId: handle,
      jobIds: list(jobId, MAX_SEARCHED_JOBS),
      text: { type: 'string', minLength: 1, maxLength: MAX_SEARCH_LENGTH },
    }),
    response: object({
      found: list(object({ ...outputRef, line: text }, ['item'])),
      left: list(jobId),
      cut: list(jobId),
    }),
  },
  'output:stop-search': { request: object({ searchId: handle }), response: nothing },
  'document:check': {
    request: object({ text: { type: 'string', maxLength: MAX_TEXT_LENGTH } }),
    response: object({ documents: text }),
  },
  'import:choose': {
    request: object({ what: { type: 'string', enum: ['files', 'folder'] } }),
    response: orNull(importOpened),
  },
  'import:open': {
    request: object({
      paths: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        maxItems: MAX_IMPORT_PATHS,
      },
    }),
    response: importOpened,
  },
  'import:text': {
    request: object({
      name: { type: 'string', maxLength: 1000 },
      text: { type: 'string', maxLength: MAX_TEXT_LENGTH },
    }),
    response: importOpened,
  },
  'import:progress': { request: object({ importId: handle }), response: importProgress },
  'import:page': {
    request: object({
      importId: handle,
      filter: importFilter,
      after: { type: 'integer', minimum: -1 },
      limit,
    }),
    response: object({ documents: text, next: orNull(count) }),
  },
  'import:outcomes': {
    request: object({
      importId: handle,
      outcomes: list(
        object({ place: count, outcome: { type: 'string', enum: ['new', 'same', 'conflict'] } }),
      ),
    }),
    response: nothing,
  },
  'import:report': {
    request: object({ importId: handle, refused: list(repairKind) }),
    response: orNull(object({ path: text, count })),
  },
  'import:close': { request: object({ importId: handle }), response: nothing },
  'export:choose': {
    request: object({
      suggestedName: fileName,
      format: { type: 'string', enum: [...EXPORT_FORMATS] },
      packing: { type: 'string', enum: [...EXPORT_PACKINGS] },
      redaction: object({ callbackUrls: flag, metadataValues: flag }),
    }),
    response: orNull(exportBegun),
  },
  'export:write': { request: object({ exportId: handle, jobs: list(job) }), response: nothing },
  'export:finish': {
    request: object({ exportId: handle }),
    response: object({ paths: list(text), count, files: count, sizeBytes: count }),
  },
  'export:cancel': { request: object({ exportId: handle }), response: nothing },
  'export:reveal': { request: object({ exportId: handle }), response: nothing },
  'backup:list': { request: nothing, response: object({ folder: text, backups: list(backupFile) }) },
  'backup:begin': {
    request: object({ reason: { type: 'string', enum: [...BACKUP_REASONS] } }),
    response: object({ writeId: handle }),
  },
  'backup:write': { request: object({ writeId: handle, records: list(backupRecord) }), response: nothing },
  'backup:finish': {
    request: object({ writeId: handle }),
    response: object({ backup: backupFile, isUnchanged: flag, check: backupCheck }),
  },
  'backup:cancel': { request: object({ writeId: handle }), response: nothing },
  'backup:check': { request: object({ name: fileName }), response: backupCheck },
  'backup:open': { request: object({ name: fileName }), response: backupOpened },
  'backup:choose': { request: nothing, response: orNull(backupOpened) },
  'backup:reading': { request: object({ openId: handle }), response: backupReading },
  'backup:page': {
    request: object({
      openId: handle,
      kind: { type: 'string', enum: [...BACKUP_KINDS] },
      after: { type: 'integer', minimum: -1 },
      limit,
    }),
    response: object({ records: list(backupRecord), next: orNull(count) }),
  },
  'backup:lacking': {
    request: object({ openId: handle, ids: list(jobId) }),
    response: object({ ids: list(jobId) }),
  },
  'backup:close': { request: object({ openId: handle }), response: nothing },
  'backup:reveal': { request: object({ name: fileName }), response: nothing },
  'retention:sizes': { request: object({ ids: list(jobId) }), response: object({ sizes: list(count) }) },
  'retention:drop-output': {
    request: object({ ids: list(jobId) }),
    response: object({ refused: list(jobId) }),
  },
  'settings:read': { request: nothing, response: SETTINGS_SCHEMA },
  'settings:write': { request: SETTINGS_PATCH_SCHEMA, response: SETTINGS_SCHEMA },
};
