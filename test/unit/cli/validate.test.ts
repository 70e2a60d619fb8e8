import { describe, expect, it } from 'vitest';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { bench, write, writeJobs } from './support.ts';

describe('validate', () => {
  it('prints a line for each document, the unreadable ones included, and exits 1', async () => {
    writeJobs('a.ndjson', sampleJob(0), { ...sampleJob(1), user_id: 'u' });
    write('b.json', '\n{"id":}');
    const cli = bench();
    expect(await cli.run('validate', 'a.ndjson', 'b.json')).toBe(1);
    expect(cli.lines()).toEqual([
      { file: 'a.ndjson', line: 1, index: 0, id: sampleJob(0).id, valid: true, errors: [], repairs: [] },
      {
        file: 'a.ndjson',
        line: 2,
        index: 1,
        id: sampleJob(1).id,
        valid: false,
        errors: [{ path: '/user_id', message: expect.any(String) }],
        repairs: [{ path: '/user_id', message: expect.any(String) }],
      },
      {
        file: 'b.json',
        line: 2,
        index: 0,
        id: null,
        valid: false,
        errors: [{ path: '', message: 'Expected a value, got "}". (line 2, column 7)' }],
        repairs: [],
      },
    ]);
    expect(Object.keys(cli.lines()[0] ?? {})).toEqual([
      'file',
      'line',
      'index',
      'id',
      'valid',
      'errors',
      'repairs',
    ]);
  });

  it('exits 0 where all are valid, 2 where a file is missing', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({ stdin: JSON.stringify(sampleJob(1)) });
    expect(await cli.run('validate', 'a.json', '-')).toBe(0);
    expect(cli.lines().map(({ file }) => file)).toEqual(['a.json', '-']);
    const missing = bench();
    expect(await missing.run('validate', 'a.json', 'none.json')).toBe(2);
    expect(missing.stdout()).toBe('');
  });

  it('ends quietly when its reader goes away', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = bench({ readerLeavesAfter: 1 });
    expect(await cli.run('validate', 'a.ndjson')).toBe(141);
    expect(cli.stderr()).toBe('');
  });
});
