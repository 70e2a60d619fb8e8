import { describe, expect, it } from 'vitest';
import { REMOVED, redactJob } from '../../../../src-main/adapters/export/redact-job.ts';
import { checkJob } from '../../../../src-main/adapters/validators/index.ts';
import { JOB, METADATA } from '../validators/samples.ts';

const URLS = { callbackUrls: true, metadataValues: false };
const VALUES = { callbackUrls: false, metadataValues: true };
const failed = { ...JOB, callback_error: 'connect ECONNREFUSED 127.0.0.1:80' };

describe('taking callback URLs out', () => {
  it('takes the URL and what its error says, and leaves the rest', () => {
    expect(redactJob(failed, URLS)).toEqual({ ...failed, callback_url: null, callback_error: REMOVED });
    expect(redactJob(JOB, URLS)).toEqual({ ...JOB, callback_url: null });
  });
});

describe('taking values of metadata out', () => {
  const redacted = redactJob(failed, VALUES);

  it('leaves a valid record and everything beside metadata', () => {
    expect(checkJob(redacted)).toEqual([]);
    expect({ ...redacted, metadata: null }).toEqual({ ...failed, metadata: null });
  });

  it('leaves each key, and of its value nothing, however deep it is', () => {
    const metadata = { mine: { is: ['kept'] }, text: 'a', number: 1, none: null };
    expect(redactJob({ ...JOB, metadata }, VALUES).metadata).toEqual({
      mine: REMOVED,
      text: REMOVED,
      number: REMOVED,
      none: REMOVED,
    });
    expect(redactJob({ ...JOB, metadata: null }, VALUES).metadata).toBeNull();
  });

  it('leaves of what Jobdeck keeps how it went, and not what it was', () => {
    const { name, tags, notes, queue, dedup_key, schedule, task, items, imported, ...rest } = METADATA;
    expect(redacted.metadata?.jobdeck).toEqual({
      ...rest,
      attempts: [{ ...METADATA.attempts[0], error: { code: 'timeout', message: REMOVED } }],
      result: {
        exit_code: null,
        signal: 'SIGTERM',
        stdout_bytes: 0,
        stderr_bytes: 0,
        truncated: false,
        stdout_cut_bytes: 0,
        stderr_cut_bytes: 1,
        status_code: 200,
      },
      error: { code: 'exit-code', message: REMOVED },
    });
  });
});

it('gives the same record where nothing is to be taken out', () => {
  expect(redactJob(failed, { callbackUrls: false, metadataValues: false })).toEqual(failed);
});
