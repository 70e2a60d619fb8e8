import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CheckedDocument } from '#shared/contract/documents.ts';
import { checkParsed } from '../../../../src-main/adapters/documents/check-parsed.ts';
import { isJob } from '../../../../src-main/adapters/validators/index.ts';
import { JOB } from '../validators/samples.ts';
import { readText } from './read.ts';

const FIXTURES = new URL('../../../fixtures/documents/', import.meta.url);
const UUID = '00000000-0000-4000-8000-00000000000a';
const NOW = '2026-12-01T00:00:00.000Z';
const ID = 'job-123e4567-e89b-12d3-a456-426614174000';

function check(document: unknown): CheckedDocument {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const [parsed] = readText(text);
  if (parsed === undefined) throw new Error('Expected a document.');
  return checkParsed(parsed, 'file.json', { now: NOW, uuid: () => UUID, by: null });
}

const fixture = (name: string) => JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')).document;
const messages = (checked: CheckedDocument) =>
  checked.repairs.map(({ path, message }) => `${path} ${message}`);
const whole = { id: ID, created_at: NOW };

describe('a document from outside', () => {
  it('that is a whole record becomes exactly that record, with nothing to repair', () => {
    expect(check(JOB)).toEqual({
      file: 'file.json',
      line: 1,
      index: 0,
      id: JOB.id,
      valid: true,
      errors: [],
      repairs: [],
      job: JOB,
    });
  });

  it('gets an id and a time where it has none, which is told and leaves it valid', () => {
    const checked = check({ job_type: 'run' });
    expect(checked).toMatchObject({ valid: true, id: null, job: { id: `run-${UUID}`, created_at: NOW } });
    expect(messages(checked)).toEqual([
      `/id Gave it the new id "run-${UUID}", since it has none.`,
      `/created_at Gave it the time of the import, "${NOW}", since it does not say when it was created.`,
    ]);
  });

  it('that was running elsewhere comes in as created, and keeps the status it had', () => {
    const checked = check({ ...whole, status: 'running', metadata: { mine: 1 } });
    expect(checked).toMatchObject({ valid: true, errors: [] });
    expect(checked.job).toMatchObject({
      status: 'created',
      metadata: { mine: 1, jobdeck: { version: 1, imported: { status: 'running' } } },
    });
    expect(checked.repairs.map(({ path }) => path)).toEqual(['/status']);
    expect(check({ ...whole, status: 'pending' }).job?.status).toBe('created');
  });

  it('written by a server of 2026 is repaired as said, with every repair told', () => {
    const checked = check(fixture('completed_after_none_callback.json'));
    expect(checked.valid).toBe(false);
    expect(checked.errors.map(({ path }) => path).sort()).toEqual([
      '/callback_sent_at',
      '/completed_at',
      '/user_id',
    ]);
    expect(messages(checked)).toEqual([
      '/user_id Moved "user_id", which the schema does not know, to metadata.jobdeck.imported.user_id.',
      '/completed_at Read "2026-11-23T14:58:40.823889" as "2026-11-23T14:58:40.823889Z", taking it as UTC.',
      '/callback_sent_at Read "2026-11-23T14:58:40.823985" as "2026-11-23T14:58:40.823985Z", taking it as UTC.',
      '/callback_url Read the callback URL "None" as null.',
    ]);
    expect(checked.job).toMatchObject({
      status: 'completed',
      callback_url: null,
      metadata: {
        job_type: 'batch_messages',
        jobdeck: { version: 1, imported: { user_id: 'user-00000000-0000-4000-8000-000000000000' } },
      },
    });
  });

  it.each(readdirSync(FIXTURES))('such as %s becomes a whole record or none', (name) => {
    const { job, errors, valid } = check(fixture(name));
    expect(job === null ? errors.length > 0 : isJob(job)).toBe(true);
    expect(valid).toBe(errors.length === 0);
  });

  it('that no repair makes right says all that is wrong, and lists no repairs', () => {
    const checked = check(fixture('openai_batch_cancelling.json'));
    expect(checked).toMatchObject({ valid: false, job: null, repairs: [], id: 'batch_abc123' });
    expect(checked.errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/id', '/status', '/created_at', '/request_counts']),
    );
  });

  it.each([
    ['2026-11-23 09:30:00', '2026-11-23T09:30:00Z', ', taking it as UTC'],
    ['2026-11-23 09:30:00.5Z', '2026-11-23T09:30:00.5Z', ''],
    ['2026-11-23T09:30:00+0130', '2026-11-23T09:30:00+01:30', ''],
    ['2026-11-23T09:30:00-05', '2026-11-23T09:30:00-05:00', ''],
    ['2016-12-31T23:59:60.25Z', '2016-12-31T23:59:59.25Z', ''],
  ])('reads the time %s as %s and tells so', (written, read, reason) => {
    const checked = check({ id: ID, created_at: written });
    expect(checked.job?.created_at).toBe(read);
    expect(messages(checked)).toEqual([`/created_at Read "${written}" as "${read}"${reason}.`]);
  });

  it.each(['2026-02-30T00:00:00', '2026-11-23 25:00:00', 'yesterday', '2026-11-23T09:30:00Z '])(
    'is not given another time for %s',
    (written) => {
      expect(check({ id: ID, created_at: written })).toMatchObject({ job: null, valid: false });
    },
  );

  it('has "metadata_" read as "metadata", unless it has both', () => {
    const checked = check({ ...whole, metadata_: { a: 1 } });
    expect(checked.job?.metadata).toEqual({ a: 1 });
    expect(messages(checked)).toEqual(['/metadata_ Read "metadata_" as "metadata".']);
    expect(check({ ...whole, metadata: { b: 2 }, metadata_: { a: 1 } }).job?.metadata).toEqual({
      b: 2,
      jobdeck: { version: 1, imported: { metadata_: { a: 1 } } },
    });
  });

  it('keeps what was imported before under names that are not taken', () => {
    const metadata = { jobdeck: { version: 1, imported: { user_id: 'first' } } };
    expect(check({ ...whole, user_id: 'second', metadata }).job?.metadata?.jobdeck?.imported).toEqual({
      user_id: 'first',
      user_id_2: 'second',
    });
  });

  it('with a mistake in metadata.jobdeck is refused, not repaired', () => {
    const checked = check({ ...whole, metadata: { jobdeck: { version: 1, timeout: 5 } } });
    expect(checked).toMatchObject({ valid: false, job: null });
    expect(checked.errors).toHaveLength(1);
  });

  it('lists whole numbers that were written with a fraction, and stays valid', () => {
    const checked = check(`{"id":"${ID}","created_at":"${NOW}","ttft_ns":5.0}`);
    expect(checked).toMatchObject({ valid: true, job: { ttft_ns: 5 } });
    expect(messages(checked)).toEqual(['/ttft_ns Read 5.0 as the whole number 5.']);
  });

  it('that lost something in reading is refused whatever the schema says', () => {
    expect(check(`{"id":"${ID}","id":"${ID}"}`)).toMatchObject({ valid: false, job: null });
  });
});
