import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LINE_LENGTH } from '#shared/contract/output-search.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { attemptDirectory } from '../../../../src-main/adapters/output/output-paths.ts';
import {
  createOutputSearch,
  type OutputSearchOptions,
} from '../../../../src-main/adapters/output/search-output.ts';
import type { AttemptKey } from '../../../../src-main/core/ports.ts';
import { sampleUuid } from '../../../fakes/sample-jobs.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jobdeck-search-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const jobId = (number: number) => `job-${sampleUuid(number)}` as JobId;
const [A, B, C] = [jobId(1), jobId(2), jobId(3)];

function write(key: AttemptKey, stdout: string | Buffer, stderr = ''): void {
  const folder = attemptDirectory(directory, key);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'stdout'), stdout);
  writeFileSync(join(folder, 'stderr'), stderr);
}

function searchFor(text: string, jobIds = [A, B, C], options: Partial<OutputSearchOptions> = {}) {
  const outputs = createOutputSearch(directory, { now: () => 0, ...options });
  return outputs.search({ searchId: randomUUID(), jobIds, text });
}

describe('a search of output', () => {
  it('passes over folders that are no attempt', async () => {
    write({ jobId: A, attempt: 1 }, 'other\n');
    const zeroth = join(attemptDirectory(directory, { jobId: A, attempt: 1 }), '..', '0');
    mkdirSync(zeroth);
    writeFileSync(join(zeroth, 'stdout'), 'wanted\n');
    expect(await searchFor('wanted')).toMatchObject({ found: [], left: [] });
  });

  it('finds the jobs that printed a text, and says where', async () => {
    write({ jobId: A, attempt: 1 }, 'one\ntwo\n', 'warning: Disk FULL on /dev/sda\nbye\n');
    write({ jobId: B, attempt: 2 }, 'all well\n');
    write({ jobId: C, attempt: 1, item: 1234 }, 'the disk full of photos\n');
    expect(await searchFor('disk full')).toEqual({
      found: [
        { jobId: A, attempt: 1, stream: 'stderr', line: 'warning: Disk FULL on /dev/sda' },
        { jobId: C, attempt: 1, item: 1234, stream: 'stdout', line: 'the disk full of photos' },
      ],
      left: [],
      cut: [],
    });
  });

  it('looks through colours', async () => {
    write({ jobId: A, attempt: 1 }, '\u001b[31merror\u001b[0m: \u001b[1mdisk\u001b[22m full\n');
    expect((await searchFor('error: disk full')).found[0]?.line).toBe('error: disk full');
  });

  it('finds letters beyond ASCII as they are, and takes no other bytes for them', async () => {
    write({ jobId: A, attempt: 1 }, 'Überblick 日本語\n');
    write({ jobId: B, attempt: 1 }, Buffer.from('e39c6265726c696e0a', 'hex'));
    expect((await searchFor('überblick')).found).toEqual([]);
    expect((await searchFor('Überblick')).found).toMatchObject([{ jobId: A }]);
    expect((await searchFor('日本')).found[0]?.line).toBe('Überblick 日本語');
  });

  it.each([-3, -1, 0, 1])('finds what lies across the end of a piece (by %d bytes)', async (shift) => {
    const at = 256 * 1024 - 5 + shift;
    write({ jobId: A, attempt: 1 }, `${'x'.repeat(at)}NEEDLE${'y'.repeat(300_000)}`);
    const { found } = await searchFor('needle');
    expect(found).toHaveLength(1);
    expect(found[0]?.line).toContain('NEEDLE');
    expect(found[0]?.line.length).toBeLessThanOrEqual(MAX_LINE_LENGTH);
  });

  it('has nothing to find in jobs without output', async () => {
    expect(await searchFor('x')).toEqual({ found: [], left: [], cut: [] });
  });
});

describe('a search is bounded', () => {
  it('says which jobs have more output than it reads', async () => {
    write({ jobId: A, attempt: 1 }, `${'x'.repeat(2000)}needle`);
    write({ jobId: B, attempt: 1 }, 'needle');
    expect(await searchFor('needle', [A, B], { maxBytes: 1000 })).toMatchObject({
      found: [{ jobId: B }],
      cut: [A],
    });
    for (let item = 0; item < 5; item += 1) write({ jobId: C, attempt: 1, item }, 'short');
    expect(await searchFor('needle', [C], { maxFiles: 3 })).toMatchObject({ cut: [C] });
  });

  it('answers in time, after one job at the least, with the jobs that are left', async () => {
    for (const id of [A, B, C]) write({ jobId: id, attempt: 1 }, 'needle');
    let time = 0;
    const slow = { now: () => (time += 1000) };
    const first = await searchFor('needle', [A, B, C], slow);
    expect(first).toMatchObject({ found: [{ jobId: A }], left: [B, C] });
  });

  it('ends when it is stopped, with what it has', async () => {
    for (const id of [A, B, C]) write({ jobId: id, attempt: 1 }, 'needle'.padStart(1_000_000));
    const outputs = createOutputSearch(directory, { now: () => 0 });
    const searchId = randomUUID();
    const answer = outputs.search({ searchId, jobIds: [A, B, C], text: 'needle' });
    outputs.stop(searchId);
    expect(await answer).toEqual({ found: [], left: [A, B, C], cut: [] });
    outputs.stop(searchId);
  });
});
