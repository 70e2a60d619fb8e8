import { describe, expect, it } from 'vitest';
import { byteLength } from '#shared/callback/byte-length.ts';
import { callbackBody } from '#shared/callback/callback-body.ts';
import { MAX_BODY_BYTES } from '#shared/callback/delivery.ts';
import type { BatchJob, JobMetadata } from '#shared/job/batch-job.ts';
import type { JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import { sampleJobIn, seededRandom } from '../../../fakes/sample-jobs.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

interface Body {
  metadata: JobMetadata;
  truncated?: { bytes: number; left_out: { path: string; bytes: number; count?: number }[]; more?: number };
  [key: string]: unknown;
}

function jobWith(jobdeck: Partial<JobdeckMetadata>, foreign: Record<string, unknown> = {}): BatchJob {
  const job = sampleJobIn('completed', 1);
  return { ...job, metadata: { ...foreign, jobdeck: { version: 1, ...job.metadata?.jobdeck, ...jobdeck } } };
}

/** What is sent, which is never too long. */
function bodyOf(job: BatchJob): Body {
  const text = callbackBody(job);
  expect(bytesOf(text)).toBeLessThanOrEqual(MAX_BODY_BYTES);
  return JSON.parse(text);
}

const pathsOf = ({ truncated }: Body) => truncated?.left_out.map(({ path }) => path);

describe('the body of a callback', () => {
  it('tells what happened, when, to what, and all of the metadata', () => {
    const job = sampleJobIn('failed', 3);
    expect(bodyOf(job)).toEqual({
      type: 'job.failed',
      timestamp: job.completed_at,
      job_id: job.id,
      status: 'failed',
      completed_at: job.completed_at,
      metadata: job.metadata,
    });
  });

  it('names a run by run_id', () => {
    const id = 'run-3f0a7a52-6c1b-4b8e-9a51-0d2c8e6b7f14' as BatchJob['id'];
    const body = bodyOf({ ...sampleJobIn('completed', 1), id, job_type: 'run' });
    expect([body.run_id, 'job_id' in body]).toEqual([id, false]);
  });

  it('does not depend on when it is made, nor on what callbacks came to', () => {
    const job = sampleJobIn('completed', 1);
    const later = { ...job, updated_at: '2027-01-01T00:00:00Z', callback_sent_at: '2027-01-01T00:00:00Z' };
    expect(callbackBody({ ...later, callback_status_code: 500 })).toBe(callbackBody(job));
  });

  it('of a record without metadata has none', () => {
    expect(bodyOf({ ...sampleJobIn('completed', 1), metadata: null }).metadata).toBeNull();
  });

  it('of just the limit is whole, and one byte more leaves something out and says so', () => {
    const rest = bytesOf(callbackBody(jobWith({ notes: '' })));
    const whole = bodyOf(jobWith({ notes: 'x'.repeat(MAX_BODY_BYTES - rest) }));
    expect(whole.truncated).toBeUndefined();
    const cut = bodyOf(jobWith({ notes: 'x'.repeat(MAX_BODY_BYTES - rest + 1) }));
    expect(cut.truncated?.bytes).toBe(MAX_BODY_BYTES + 1);
  });

  it('leaves out texts of results first, and keeps how long they were', () => {
    const result = {
      exit_code: 0,
      stdout: 'o'.repeat(15_000),
      stdout_bytes: 15_000,
      stderr: 'e'.repeat(15_000),
    };
    const body = bodyOf(jobWith({ result }));
    expect(pathsOf(body)).toEqual(
      ['/metadata/jobdeck/result/stdout', '/metadata/jobdeck/result/stderr'].slice(0, pathsOf(body)?.length),
    );
    expect(body.metadata.jobdeck?.result).toMatchObject({ exit_code: 0, stdout_bytes: 15_000 });
    expect(body.metadata.jobdeck?.task).toEqual(sampleJobIn('completed', 1).metadata?.jobdeck?.task);
  });

  it('replaces a list of items by how many there are, and keeps what came of them', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => ({ path: `${index}.jpg` }));
    const counts = { total: 10_000, completed: 9990, failed: 10, cancelled: 0 };
    const body = bodyOf(jobWith({ items: { values }, counts }));
    expect(body.truncated?.left_out).toEqual([
      expect.objectContaining({ path: '/metadata/jobdeck/items/values', count: 10_000 }),
    ]);
    expect(body.metadata.jobdeck).toMatchObject({ items: {}, counts });
    expect(body.metadata.jobdeck?.result?.stdout).toBe('done\n');
  });

  it('leaves out keys from elsewhere last, the largest first', () => {
    const foreign = { small: 'kept', large: 'x'.repeat(12_000), huge: 'x'.repeat(40_000) };
    const body = bodyOf(
      jobWith({ task: { kind: 'script', interpreter: 'bash', source: 'y'.repeat(9000) } }, foreign),
    );
    expect(pathsOf(body)).toEqual(['/metadata/jobdeck/task/source', '/metadata/huge']);
    expect(body.metadata).toMatchObject({ small: 'kept', large: foreign.large });
    expect(body.metadata).not.toHaveProperty('huge');
  });

  it('names what it leaves out by JSON Pointers, cut short where a key is as long as anything', () => {
    const body = bodyOf(jobWith({}, { 'a/b~c': 'x'.repeat(30_000), ['k'.repeat(50_000)]: 1 }));
    expect(pathsOf(body)).toContain('/metadata/a~1b~0c');
    expect(pathsOf(body)?.every((path) => path.length <= 130)).toBe(true);
  });

  it('names at most twenty of them, and says how many more there are', () => {
    const foreign = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`key ${index}`, 'x'.repeat(500)]),
    );
    const { truncated, metadata } = bodyOf(jobWith({}, foreign));
    expect(truncated?.left_out).toHaveLength(20);
    const kept = Object.keys(metadata).length - 1;
    expect((truncated?.more ?? 0) + 20).toBeGreaterThanOrEqual(500 - kept);
  });

  it('keeps keys such as __proto__ what they are: keys', () => {
    const metadata = JSON.parse(
      `{"__proto__": {"polluted": true}, "constructor": 1, "big": "${'x'.repeat(30_000)}"}`,
    );
    const text = callbackBody({ ...sampleJobIn('completed', 1), metadata });
    expect(text).toContain('"__proto__":{"polluted":true}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is at most the limit and valid JSON for any metadata, however hostile', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed);
      const metadata = hostile(random, 0) as JobMetadata;
      const jobdeck = { version: 1, ...(hostile(random, 1) as object) } as JobdeckMetadata;
      const job = { ...sampleJobIn('completed', 1), metadata: { ...metadata, jobdeck } };
      const whole = bytesOf(JSON.stringify({ metadata: job.metadata }));
      const body = bodyOf(job);
      expect(body).toMatchObject({ type: 'job.completed', job_id: job.id, status: 'completed' });
      if (whole > MAX_BODY_BYTES) expect(body.truncated?.left_out.length).toBeGreaterThan(0);
      else if (whole < MAX_BODY_BYTES - 500)
        expect(body).toMatchObject({ metadata: JSON.parse(JSON.stringify(job.metadata)) });
    }
  });

  it('is under the limit also where a time of the record is no time but a long text', () => {
    bodyOf({ ...sampleJobIn('completed', 1), completed_at: `2026-11-01T08:00:00.${'0'.repeat(50_000)}Z` });
  });

  it('of a record of megabytes leaves out what is large, whoever put it there', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => `photos/${index}.jpg`);
    const body = bodyOf(jobWith({ items: { values } }, { log: 'x'.repeat(500_000) }));
    expect(pathsOf(body)).toEqual(
      expect.arrayContaining(['/metadata/jobdeck/items/values', '/metadata/log']),
    );
  });
});

const ALPHABETS = ['abc', 'äöü', '漢字', '😀🎉', '\ud800', '\udfff', '"\\\n\u0000', '\u2028\u007f'];

function text(random: () => number): string {
  const alphabet = [...(ALPHABETS[Math.floor(random() * ALPHABETS.length)] ?? 'x')];
  const length = Math.floor(10 ** (random() * 4.3));
  const piece = Array.from({ length: 7 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  return piece.repeat(Math.ceil(length / 7)).slice(0, length);
}

/** Objects in objects with keys that Jobdeck knows and others, and lists and texts of any length, in so many parts. */
function hostile(random: () => number, depth: number, parts = { left: 60 }): unknown {
  parts.left -= 1;
  const kind = depth < 2 ? 0 : Math.floor(random() * 6);
  const count = parts.left > 0 ? Math.floor(random() * 12) : 0;
  const inner = () => hostile(random, depth + 1, parts);
  if (kind === 0) {
    const keys = ['result', 'items', 'attempts', 'task', 'error', 'after', 'notes', 'jobdeck', '', '/', '~'];
    const known = () => keys[Math.floor(random() * keys.length)] ?? '';
    return Object.fromEntries(
      Array.from({ length: count }, () => [random() < 0.6 ? known() : text(random), inner()]),
    );
  }
  if (kind === 1) return Array.from({ length: count }, inner);
  if (kind === 2) return random() * 1e300;
  return kind === 3 ? null : text(random);
}

describe('the length of a text in bytes', () => {
  it('is that of its UTF-8', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const sample = text(seededRandom(seed)).slice(0, 500);
      expect(byteLength(sample)).toBe(bytesOf(sample));
    }
  });
});
