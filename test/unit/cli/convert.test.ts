import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';
import { bench, cwd, read, write, writeJobs } from './support.ts';

const parsedLines = (name: string) =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const model = (items?: object, task: object = {}) =>
  sampleJob(0, {
    task: {
      kind: 'llm',
      endpoint: 'chat/completions',
      model: 'm',
      request: { messages: [{ role: 'user', content: '{{item.q}}' }], stream: true },
      ...task,
    },
    ...(items && { items }),
  } as object);

describe('convert', () => {
  it('writes an array, NDJSON and back, the same records in the same bytes', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJobIn('failed', 1));
    expect(await bench().run('convert', 'a.ndjson', '--to', 'array', '--out', 'b.json')).toBe(0);
    expect(JSON.parse(read('b.json'))).toEqual([sampleJob(0), sampleJobIn('failed', 1)]);
    expect(await bench().run('convert', 'b.json', '--to', 'ndjson', '--out', 'c.ndjson')).toBe(0);
    expect(read('c.ndjson')).toBe(read('a.ndjson'));
  });

  it('writes to standard output where there is no --out, also where there is nothing to write', async () => {
    writeJobs('a.ndjson', sampleJob(0));
    const cli = bench();
    expect(await cli.run('convert', 'a.ndjson', '--to', 'ndjson')).toBe(0);
    expect(cli.lines()).toEqual([sampleJob(0)]);
    write('empty.json', '[]');
    const none = bench();
    expect(await none.run('convert', 'empty.json', '--to', 'array')).toBe(0);
    expect(none.stdout()).toBe('[]\n');
  });

  it('writes what is repaired, leaves out what is wrong, and tells of both', async () => {
    writeJobs(
      'a.ndjson',
      { ...sampleJob(0), user_id: 'u' },
      { ...sampleJob(1), status: 'done' },
      sampleJobIn('running', 2),
    );
    const cli = bench();
    expect(await cli.run('convert', 'a.ndjson', '--to', 'ndjson', '--out', 'b.ndjson')).toBe(1);
    expect(parsedLines('b.ndjson').map(({ id, status }) => [id, status])).toEqual([
      [sampleJob(0).id, 'created'],
      [sampleJob(2).id, 'running'],
    ]);
    expect(cli.stderr().split('\n')).toEqual([
      expect.stringMatching(/^a\.ndjson:1: \/user_id: Moved "user_id"/u),
      expect.stringMatching(/^a\.ndjson:2: \/status: Expected one of/u),
      '3 documents: 1 written as they are, 1 repaired, 1 left out or not whole.',
      '',
    ]);
  });

  it('leaves out with --strict what would have to be repaired', async () => {
    writeJobs('a.ndjson', { ...sampleJob(0), user_id: 'u' }, sampleJob(1));
    expect(await bench().run('convert', 'a.ndjson', '--to', 'ndjson', '--out', 'b', '--strict')).toBe(1);
    expect(parsedLines('b')).toEqual([sampleJob(1)]);
  });

  it('writes a row for each job, and no cell that a spreadsheet would calculate', async () => {
    writeJobs('a.ndjson', sampleJob(0, { name: '=1+1, "quoted"', tags: ['a', 'b'], queue: 'q' }));
    expect(await bench().run('convert', 'a.ndjson', '--to', 'csv', '--out', 'b.csv')).toBe(0);
    const [head, row, end] = read('b.csv').split('\r\n');
    expect(head).toMatch(/^\ufeffid,name,status,stop_reason,job_type,task,queue,tags,created_at/u);
    expect(row).toContain(`${sampleJob(0).id},"'=1+1, ""quoted""",created,,job,command,q,a b,2026-11-01`);
    expect(end).toBe('');
  });

  it('writes the model calls of a batch as an input file of the Batch API, without stream', async () => {
    writeJobs('a.ndjson', model({ values: [{ q: 'one', custom_id: 'mine' }, { q: 'two' }] }));
    expect(await bench().run('convert', 'a.ndjson', '--to', 'openai-batch', '--out', 'b.jsonl')).toBe(0);
    const body = (content: string) => ({ messages: [{ role: 'user', content }], model: 'm' });
    expect(parsedLines('b.jsonl')).toEqual([
      { custom_id: 'mine', method: 'POST', url: '/v1/chat/completions', body: body('one') },
      { custom_id: `${model().id}-item-1`, method: 'POST', url: '/v1/chat/completions', body: body('two') },
    ]);
  });

  it('makes of an input file of the Batch API a batch, and of that the same file again', async () => {
    const line = (id: string) => ({
      custom_id: id,
      method: 'POST',
      url: '/v1/embeddings',
      body: { model: 'e', input: id },
    });
    writeJobs('in.jsonl', line('one'), line('two'));
    expect(await bench().run('convert', 'in.jsonl', '--to', 'ndjson', '--out', 'job.ndjson')).toBe(0);
    expect(parsedLines('job.ndjson')).toMatchObject([
      {
        job_type: 'batch',
        metadata: { jobdeck: { items: { file: join(cwd, 'in.jsonl'), format: 'jsonl' } } },
      },
    ]);
    expect(await bench().run('convert', 'job.ndjson', '--to', 'openai-batch', '--out', 'out.jsonl')).toBe(0);
    expect(read('out.jsonl')).toBe(read('in.jsonl'));
  });

  it('says of a job, and of an item, why it is no model call that can be written', async () => {
    writeJobs(
      'a.ndjson',
      sampleJob(1),
      model({ values: [{ q: 'a', custom_id: 'x' }, { other: 1 }, { q: 'b', custom_id: 'x' }] }),
    );
    const cli = bench();
    expect(await cli.run('convert', 'a.ndjson', '--to', 'openai-batch', '--out', 'b')).toBe(1);
    expect(parsedLines('b').map(({ custom_id }) => custom_id)).toEqual(['x']);
    expect(cli.stderr().split('\n')).toEqual([
      'a.ndjson:1: Expected a job that calls a model, got a task of kind "command".',
      expect.stringMatching(/^a\.ndjson:2: \/metadata\/jobdeck\/items\/1: .*\{\{item\.q\}\}/u),
      `a.ndjson:2: Expected each custom_id once in the file, got "x" again (first of ${model().id}).`,
      '2 documents: 0 written as they are, 0 repaired, 2 left out or not whole.',
      '',
    ]);
  });

  it('reads folders and gzip, and calls the files as they were given', async () => {
    mkdirSync(join(cwd, 'jobs/deep'), { recursive: true });
    write('jobs/deep/a.ndjson.gz', gzipSync(`${JSON.stringify(sampleJob(0))}\n{}x`) as unknown as string);
    write('jobs/.hidden.json', '{"id":"x"}');
    const cli = bench();
    expect(await cli.run('convert', 'jobs', '--to', 'ndjson')).toBe(1);
    expect(cli.lines()[0]).toEqual(sampleJob(0));
    expect(cli.stderr()).toContain(`${join('jobs', 'deep/a.ndjson.gz')}:2: /id: Gave it the new id`);
  });

  it('leaves no half file where a form is asked for that there is not, or its folder is missing', async () => {
    writeJobs('a.ndjson', sampleJob(0));
    for (const args of [['--to', 'xml'], [], ['--to', 'csv', '--out', 'none/b.csv']]) {
      expect(await bench().run('convert', 'a.ndjson', ...args)).toBe(2);
    }
    expect(readdirSync(cwd)).toEqual(['a.ndjson']);
  });
});
