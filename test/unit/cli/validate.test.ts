import { describe, expect, it } from 'vitest';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { bench, read, write, writeJobs } from './support.ts';

const reported = (name: string) =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('validate', () => {
  it('says of each document what is wrong and what an import repairs, and exits 1', async () => {
    writeJobs('a.ndjson', sampleJob(0), { ...sampleJob(1), user_id: 'u' });
    write('b.json', '\n{"id":}');
    const cli = bench();
    expect(await cli.run('validate', 'a.ndjson', 'b.json')).toBe(1);
    expect(cli.stdout().split('\n')).toEqual([
      'a.ndjson:2: /user_id: Expected only properties that the schema knows, got "user_id".',
      'a.ndjson:2: /user_id: An import repairs it. Moved "user_id", which the schema does not know, to metadata.jobdeck.imported.user_id.',
      'b.json:2: Expected a value, got "}". (line 2, column 7)',
      '3 documents: 1 valid, 1 that an import repairs, 1 wrong.',
      '',
    ]);
  });

  it('prints with --json a line for each document, the unreadable ones included', async () => {
    writeJobs('a.ndjson', sampleJob(0), { ...sampleJob(1), user_id: 'u' });
    write('b.json', '\n{"id":}');
    const cli = bench();
    expect(await cli.run('validate', '--json', 'a.ndjson', 'b.json')).toBe(1);
    expect(cli.lines()).toEqual([
      { file: 'a.ndjson', line: 1, index: 0, id: sampleJob(0).id, valid: true, errors: [], repairs: [] },
      {
        file: 'a.ndjson',
        line: 2,
        index: 1,
        id: sampleJob(1).id,
        valid: false,
        errors: [{ path: '/user_id', message: expect.any(String) }],
        repairs: [{ kind: 'unknown-keys', path: '/user_id', message: expect.any(String) }],
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
    const [first = {}] = cli.lines();
    expect(Object.keys(first)).toEqual(['file', 'line', 'index', 'id', 'valid', 'errors', 'repairs']);
  });

  it('exits 0 where all are valid, 2 where a file is missing', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({ stdin: JSON.stringify(sampleJob(1)) });
    expect(await cli.run('validate', 'a.json', '-')).toBe(0);
    expect(cli.stdout()).toBe('2 documents, all valid.\n');
    const missing = bench();
    expect(await missing.run('validate', 'a.json', 'none.json')).toBe(2);
    expect(missing.stdout()).toBe('');
  });

  it('takes with --strict no document that an import would have to change', async () => {
    write('a.json', JSON.stringify({ ...sampleJob(0), status: 'running' }));
    expect(await bench().run('validate', 'a.json')).toBe(0);
    const strict = bench();
    expect(await strict.run('validate', '--strict', 'a.json')).toBe(1);
    expect(strict.stdout()).toContain(
      'a.json:1: /status: Expected it without this repair: Changed "running" to "created"',
    );
  });

  it('finds an id that was there before, in whichever file', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    writeJobs('b.ndjson', sampleJob(1));
    const cli = bench();
    expect(await cli.run('validate', 'a.ndjson', 'b.ndjson')).toBe(1);
    expect(cli.stdout()).toContain(
      `b.ndjson:1: /id: Expected each id once, got "${sampleJob(1).id}" again (first at a.ndjson:2).`,
    );
  });

  it('reports what an import leaves out, and with --strict what it would have to repair', async () => {
    writeJobs(
      'a.ndjson',
      sampleJob(0),
      { ...sampleJob(1), user_id: 'u' },
      { ...sampleJob(2), status: 'done' },
    );
    expect(await bench().run('validate', 'a.ndjson', '--report', 'left.ndjson')).toBe(1);
    expect(reported('left.ndjson')).toEqual([
      {
        file: 'a.ndjson',
        line: 3,
        id: sampleJob(2).id,
        errors: [{ path: '/status', message: expect.any(String) }],
      },
    ]);
    expect(await bench().run('validate', 'a.ndjson', '--strict', '--report', 'left.ndjson')).toBe(1);
    expect(reported('left.ndjson').map(({ line }) => line)).toEqual([2, 3]);
  });

  it('ends quietly when its reader goes away, and leaves no half report', async () => {
    writeJobs('a.ndjson', sampleJob(0), { id: 'x' }, { id: 'y' });
    write('left.ndjson', 'as it was');
    const cli = bench({ readerLeavesAfter: 0 });
    expect(await cli.run('validate', '--json', 'a.ndjson', '--report', 'left.ndjson')).toBe(141);
    expect(cli.stderr()).toBe('');
    expect(read('left.ndjson')).toBe('as it was');
  });
});
