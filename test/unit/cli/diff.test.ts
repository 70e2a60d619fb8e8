import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SYSTEM_CLOCK } from '../../../src-main/adapters/system-clock.ts';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';
import { bench, write, writeJobs } from './support.ts';

const idOf = (index: number) => sampleJob(index).id;

describe('diff', () => {
  it('says which documents only one has, and field by field what changed', async () => {
    writeJobs('a', sampleJob(0), sampleJob(1), sampleJob(2));
    writeJobs(
      'b',
      sampleJob(3),
      { ...sampleJob(1), status: 'failed', metadata: { 'a/b': [1] } },
      sampleJob(0),
    );
    const cli = bench();
    expect(await cli.run('diff', 'a', 'b')).toBe(1);
    expect(cli.stdout().split('\n')).toEqual([
      `+ ${idOf(3)}`,
      `~ ${idOf(1)}`,
      '    /status: "created" -> "failed"',
      expect.stringMatching(/^ {4}\/metadata\/jobdeck: \{"version":1,.*… -> absent$/u),
      '    /metadata/a~1b: absent -> [1]',
      `- ${idOf(2)}`,
      '1 only in A, 1 only in B, 1 changed, 1 the same.',
      '',
    ]);
  });

  it('prints the same with --json, a line for each', async () => {
    writeJobs('a', sampleJob(0), sampleJob(1));
    writeJobs('b', { ...sampleJob(0), background: true }, sampleJob(2));
    const cli = bench();
    expect(await cli.run('diff', 'a', 'b', '--json')).toBe(1);
    expect(cli.lines()).toEqual([
      { id: idOf(0), kind: 'changed', differences: [{ path: '/background', a: null, b: true }] },
      { id: idOf(2), kind: 'only-in-b', differences: [] },
      { id: idOf(1), kind: 'only-in-a', differences: [] },
    ]);
  });

  it('exits 0 where the records are the same, however they are written and ordered', async () => {
    writeJobs('a', sampleJobIn('running', 0), { ...sampleJob(1), metadata: { x: { a: 1, b: 2 }, y: [] } });
    const { background: _, ...partial } = sampleJob(1);
    const second = { ...partial, metadata: { y: [], x: { b: 2, a: 1 } } };
    write('b', JSON.stringify([second, sampleJobIn('running', 0)], null, 2));
    const cli = bench();
    expect(await cli.run('diff', 'a', 'b')).toBe(0);
    expect(cli.stdout()).toBe('0 only in A, 0 only in B, 0 changed, 2 the same.\n');
  });

  it('calls a file the same as itself, also where its documents do not say when they were created', async () => {
    let ms = 0;
    const clock = vi.spyOn(SYSTEM_CLOCK, 'now').mockImplementation(() => new Date(ms++).toISOString());
    onTestFinished(() => clock.mockRestore());
    writeJobs('a', { id: idOf(0) }, { id: idOf(1), name: 'x' });
    const cli = bench();
    expect(await cli.run('diff', 'a', 'a')).toBe(0);
    expect(cli.stdout()).toBe('0 only in A, 0 only in B, 0 changed, 2 the same.\n');
  });

  it('exits 2 where a document can not be compared, and compares the others', async () => {
    writeJobs('a', sampleJob(0), { created_at: '2026-01-01T00:00:00Z' }, { id: 'x' }, sampleJob(0));
    writeJobs('b', sampleJob(0));
    const cli = bench();
    expect(await cli.run('diff', 'a', 'b')).toBe(2);
    expect(cli.stdout()).toBe("0 only in A, 0 only in B, 0 changed, 1 the same, 3 that can't be compared.\n");
    expect(cli.stderr().split('\n')).toEqual([
      'a:2: /id: Expected an id to compare it by, got none.',
      expect.stringMatching(/^a:3: \/id: Expected an id/u),
      expect.stringMatching(/^a:4: \/id: Expected each id once/u),
      '',
    ]);
  });

  it('exits 2 for anything but two files, and for one that is not there', async () => {
    writeJobs('a', sampleJob(0));
    for (const files of [['a'], ['a', 'a', 'a'], ['a', 'none'], ['-', '-']]) {
      expect(await bench().run('diff', ...files)).toBe(2);
    }
  });
});
