/** Holds types, schemas and the published schema against each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BATCH_JOB_KEYS, JOB_STATUSES, JOB_TYPES, STOP_REASONS } from '#shared/job/batch-job.ts';
import { BATCH_JOB_SCHEMA } from '#shared/job/batch-job-schema.ts';
import { JOBDECK_METADATA_SCHEMA } from '#shared/job/jobdeck-metadata-schema.ts';
import {
  checkDocument,
  checkJob,
  checkRequest,
  checkResponse,
  isJob,
  PUBLISHED_JOB_SCHEMA,
  PUBLISHED_METADATA_SCHEMA,
} from '../../../../src-main/adapters/validators/index.ts';
import { ITEMS, JOB, METADATA, TASKS } from './samples.ts';

const FIXTURES = new URL('../../../fixtures/', import.meta.url);
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'));

describe('the schema of BatchJob', () => {
  it('is the published one but for its id, its three references and their definitions', () => {
    const { $id: _, ...published } = readJson('batch-job.published.json');
    const {
      $id: __,
      $defs,
      ...ours
    } = JSON.parse(JSON.stringify(BATCH_JOB_SCHEMA).replaceAll('#/$defs/', '#/components/schemas/'));
    expect(ours).toEqual(published);
    expect(Object.keys($defs).sort()).toEqual(['JobStatus', 'JobType', 'StopReasonType']);
  });

  it('lists the properties in the order in which records are written', () => {
    expect(Object.keys(BATCH_JOB_SCHEMA.properties)).toEqual([...BATCH_JOB_KEYS]);
    expect(BATCH_JOB_KEYS).toHaveLength(18);
  });

  it('knows seven statuses, three types and thirteen reasons to stop', () => {
    expect([...JOB_STATUSES].sort()).toEqual(
      ['cancelled', 'completed', 'created', 'expired', 'failed', 'pending', 'running'].sort(),
    );
    expect([...JOB_TYPES].sort()).toEqual(['batch', 'job', 'run']);
    expect([...STOP_REASONS].sort()).toEqual([
      'cancelled',
      'context_window_overflow_in_system_prompt',
      'end_turn',
      'error',
      'insufficient_credits',
      'invalid_llm_response',
      'invalid_tool_call',
      'llm_api_error',
      'max_steps',
      'max_tokens_exceeded',
      'no_tool_call',
      'requires_approval',
      'tool_rule',
    ]);
    const { JobStatus, JobType, StopReasonType } = BATCH_JOB_SCHEMA.$defs;
    expect([JobStatus.enum, JobType.enum, StopReasonType.enum]).toEqual([
      [...JOB_STATUSES],
      [...JOB_TYPES],
      [...STOP_REASONS],
    ]);
  });

  it.each([
    ['a job', PUBLISHED_JOB_SCHEMA],
    ['metadata.jobdeck', PUBLISHED_METADATA_SCHEMA],
  ])('is self-contained for %s: every reference stays inside', (_, schema) => {
    const references = JSON.stringify(schema).match(/"\$ref":"[^"]*"/gu) ?? [];
    expect(references.filter((reference) => !reference.startsWith('"$ref":"#/$defs/'))).toEqual([]);
  });
});

describe('types and schemas', () => {
  it('agree on a record with every property there is', () => {
    expect(checkJob(JOB)).toEqual([]);
    expect(Object.keys(JOB).sort()).toEqual([...BATCH_JOB_KEYS].sort());
    expect(Object.keys(METADATA).sort()).toEqual(Object.keys(JOBDECK_METADATA_SCHEMA.properties).sort());
  });

  it.each(TASKS)('agree on a $kind task with every property there is', (task) => {
    expect(checkJob(withMetadata({ task }))).toEqual([]);
  });

  it.each(TASKS)('refuse a property that a $kind task does not have', (task) => {
    expect(checkJob(withMetadata({ task: { ...task, nonsense: 1 } }))).toEqual([
      {
        path: '/metadata/jobdeck/task/nonsense',
        message: expect.stringContaining('got "nonsense"'),
      },
    ]);
  });

  it.each(ITEMS)('agree on the items %j', (items) => {
    expect(checkJob(withMetadata({ items }))).toEqual([]);
  });

  it.each(['retry', 'rate_limit', 'counts', 'result', 'error', 'task'] as const)(
    'refuse an unknown property in metadata.jobdeck.%s',
    (key) => {
      const problems = checkJob(withMetadata({ [key]: { ...METADATA[key], nonsense: 1 } }));
      expect(problems.map(({ path }) => path)).toEqual([`/metadata/jobdeck/${key}/nonsense`]);
    },
  );

  it.each(BATCH_JOB_KEYS)('refuse a record without %s, and accept a document without it', (key) => {
    const { [key]: _, ...rest } = JOB;
    expect(isJob(rest)).toBe(false);
    expect(checkDocument(rest)).toEqual([]);
  });

  it('keep metadata that is not ours free', () => {
    expect(isJob({ ...JOB, metadata: { anything: [{ goes: true }] } })).toBe(true);
    expect(isJob({ ...JOB, metadata: null })).toBe(true);
  });
});

describe('the real documents', () => {
  it.each(readdirSync(new URL('documents/', FIXTURES)))('%s is as valid as it is said to be', (name) => {
    const { strictly_valid, document } = readJson(`documents/${name}`);
    expect(checkDocument(document).length === 0).toBe(strictly_valid ?? false);
  });
});

function withMetadata(change: Record<string, unknown>): unknown {
  return { ...JOB, metadata: { jobdeck: { ...METADATA, ...change } } };
}

describe('the channels', () => {
  it('speak of any job that a document can be of, however long its id is', () => {
    const id = `${JOB.id}${'0'.repeat(5000)}`;
    const job = { ...JOB, id };
    expect(isJob(job)).toBe(true);
    const snapshot = { journalId: 'a', head: 1, jobs: [{ seq: 1, job, deliveries: [] }], next: id };
    expect(checkResponse('outbox:snapshot', snapshot)).toBeNull();
    expect(checkResponse('job:submit', { accepted: [id], refused: [] })).toBeNull();
    expect(checkRequest('job:forget', { ids: [id] })).toBeNull();
  });
});
