/**
 * The schema of `metadata.jobdeck`, version 1 (JSON Schema draft 2020-12). Unknown keys are refused, so that a
 * misspelt `timeout` is a sentence on the screen and not a limit that silently never applies.
 */
import type { JsonSchema } from '../json-schema.ts';
import { JOB_STATUSES } from './batch-job.ts';
import { JOB_ERROR_CODES } from './error-codes.ts';
import { JOB_ID_PATTERN } from './job-id.ts';
import { ATTEMPT_OUTCOMES, JOBDECK_METADATA_VERSION, RETRY_CAUSES } from './jobdeck-metadata.ts';
import { LLM_ENDPOINTS } from './tasks.ts';

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const jobId = { type: 'string', pattern: JOB_ID_PATTERN };
const nonNegative = { type: 'integer', minimum: 0, maximum: MAX_SAFE };
const positive = { type: 'integer', minimum: 1, maximum: MAX_SAFE };
const orNull = (schema: JsonSchema) => ({ anyOf: [schema, { type: 'null' }] });
const dateTime = { type: 'string', format: 'date-time' };
const text = { type: 'string' };
const noNul = { type: 'string', pattern: '^[^\\u0000]*$' };
const program = { type: 'string', minLength: 1, pattern: '^[^\\u0000]*$' };

const closed = (properties: Record<string, JsonSchema>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const processProperties = {
  cwd: program,
  env: {
    type: 'object',
    propertyNames: { pattern: '^[^=\\u0000]+$' },
    additionalProperties: noNul,
  },
  stdin: text,
};

const task = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    {
      type: 'object',
      properties: {
        kind: { const: 'command' },
        program,
        args: { type: 'array', items: noNul },
        shell: program,
        ...processProperties,
      },
      required: ['kind'],
      additionalProperties: false,
      if: { required: ['shell'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, not a promise
      then: { properties: { program: false, args: false } },
      else: { required: ['program'] },
    },
    closed({ kind: { const: 'script' }, interpreter: program, source: text, ...processProperties }, [
      'kind',
      'interpreter',
      'source',
    ]),
    closed(
      {
        kind: { const: 'http' },
        method: { type: 'string', pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
        url: { type: 'string', minLength: 1 },
        headers: { type: 'object', additionalProperties: text },
        body: {},
        expect: closed({
          status: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[1-5]([0-9]{2}|xx)$' } },
        }),
        max_redirects: { type: 'integer', minimum: 0, maximum: 20 },
        max_response_bytes: positive,
      },
      ['kind', 'url'],
    ),
    closed(
      {
        kind: { const: 'llm' },
        endpoint: { type: 'string', enum: [...LLM_ENDPOINTS] },
        base_url: { type: 'string', minLength: 1 },
        model: { type: 'string', minLength: 1 },
        request: { anyOf: [{ type: 'object' }, { type: 'string', pattern: '^\\{\\{[^{}]+\\}\\}$' }] },
        stream: { type: 'boolean' },
      },
      ['kind', 'endpoint', 'request'],
    ),
  ],
};

export const ITEMS_SCHEMA = {
  type: 'object',
  oneOf: [
    closed({ values: { type: 'array' } }, ['values']),
    closed({ file: program, format: { type: 'string', enum: ['jsonl', 'csv', 'lines'] } }, [
      'file',
      'format',
    ]),
    closed(
      {
        range: closed({ from: { type: 'integer' }, to: { type: 'integer' }, step: positive }, ['from', 'to']),
      },
      ['range'],
    ),
    closed({ matrix: { type: 'object', minProperties: 1, additionalProperties: { type: 'array' } } }, [
      'matrix',
    ]),
    closed({ failed_of: jobId }, ['failed_of']),
  ],
};

export const JOB_ERROR_SCHEMA = closed(
  { code: { type: 'string', enum: [...JOB_ERROR_CODES] }, message: text },
  ['code', 'message'],
);

const attempt = closed(
  {
    number: positive,
    started_at: dateTime,
    ended_at: dateTime,
    duration_ns: orNull(nonNegative),
    ttft_ns: orNull(nonNegative),
    outcome: { type: 'string', enum: [...ATTEMPT_OUTCOMES] },
    error: JOB_ERROR_SCHEMA,
  },
  ['number', 'started_at'],
);

export const JOB_RESULT_SCHEMA = closed({
  exit_code: orNull({ type: 'integer' }),
  signal: orNull(text),
  stdout: text,
  stderr: text,
  stdout_bytes: nonNegative,
  stderr_bytes: nonNegative,
  truncated: { type: 'boolean' },
  stdout_cut_bytes: nonNegative,
  stderr_cut_bytes: nonNegative,
  status_code: { type: 'integer' },
  request_id: text,
  content_type: text,
  text,
  usage: { type: 'object' },
  finish_reason: text,
  body: {},
});

const counts = closed(
  { total: nonNegative, completed: nonNegative, failed: nonNegative, cancelled: nonNegative },
  ['total', 'completed', 'failed', 'cancelled'],
);

const retry = closed({
  max_attempts: positive,
  backoff_ms: nonNegative,
  factor: { type: 'number', minimum: 1 },
  max_backoff_ms: nonNegative,
  jitter: { type: 'boolean' },
  on: { type: 'array', items: { type: 'string', enum: [...RETRY_CAUSES] } },
  exit_codes: { type: 'array', items: { type: 'integer' } },
});

export const SCHEDULE_SCHEMA = closed(
  {
    cron: { type: 'string', minLength: 1, maxLength: 200 },
    time_zone: { type: 'string', minLength: 1, maxLength: 100 },
    missed: { type: 'string', enum: ['skip', 'catch-up'] },
    remaining: positive,
    until: orNull(dateTime),
    origin: jobId,
  },
  ['cron'],
);

export const ENDED_DEPENDENCY_SCHEMA = closed(
  { id: jobId, status: { type: 'string', enum: [...JOB_STATUSES] } },
  ['id', 'status'],
);

export const JOBDECK_METADATA_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:jobdeck:schema:jobdeck-metadata:1',
  title: 'metadata.jobdeck, version 1',
  ...closed(
    {
      version: { const: JOBDECK_METADATA_VERSION },
      name: { type: 'string', maxLength: 500 },
      tags: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 100 } },
      notes: text,
      queue: { type: 'string', minLength: 1, maxLength: 100 },
      priority: { type: 'integer' },
      after: { type: 'array', items: jobId },
      after_condition: { type: 'string', enum: ['completed', 'ended'] },
      not_before: orNull(dateTime),
      deadline: orNull(dateTime),
      timeout_ms: orNull(positive),
      kill_grace_ms: nonNegative,
      retry,
      on_interrupt: { type: 'string', enum: ['fail', 'rerun'] },
      dedup_key: orNull({ type: 'string', minLength: 1 }),
      on_duplicate: { type: 'string', enum: ['refuse', 'join'] },
      rerun_of: orNull(jobId),
      max_output_bytes: orNull({ type: 'integer', minimum: 1024, maximum: MAX_SAFE }),
      schedule: orNull(SCHEDULE_SCHEMA),
      task,
      items: ITEMS_SCHEMA,
      concurrency: positive,
      rate_limit: closed({ count: positive, per: { type: 'string', enum: ['second', 'minute'] } }, [
        'count',
        'per',
      ]),
      fail_when: { type: 'string', enum: ['any', 'all', 'never'] },
      attempts: { type: 'array', items: attempt },
      next_attempt_at: orNull(dateTime),
      dependencies: { type: 'array', items: ENDED_DEPENDENCY_SCHEMA },
      joined: jobId,
      missed_runs: nonNegative,
      counts,
      result: JOB_RESULT_SCHEMA,
      error: JOB_ERROR_SCHEMA,
      imported: { type: 'object' },
    },
    ['version'],
  ),
} as const satisfies JsonSchema;
