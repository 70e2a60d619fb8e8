import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { bench, cwd, ids, writeJobs } from './support.ts';

const line = (index: number) => `${JSON.stringify(sampleJob(index))}\n`;

describe('the files of a command that runs jobs', () => {
  it('may be packed, and in UTF-16', async () => {
    writeFileSync(join(cwd, 'a.ndjson.gz'), gzipSync(line(0) + line(1)));
    writeFileSync(join(cwd, 'b.json'), Buffer.from(`\ufeff${line(2)}`, 'utf16le'));
    const cli = bench();
    expect(await cli.run('run', 'a.ndjson.gz', 'b.json')).toBe(0);
    expect(ids(cli.lines()).sort()).toEqual([0, 1, 2].map((index) => sampleJob(index).id).sort());
  });

  it('are refused where they are requests of the Batch API, with the command that takes them', async () => {
    writeJobs('in.jsonl', { custom_id: 'a', method: 'POST', url: '/v1/embeddings', body: { model: 'm' } });
    const cli = bench();
    expect(await cli.run('run', 'in.jsonl')).toBe(2);
    expect(cli.stderr()).toBe(
      'in.jsonl:1: Expected jobs, got an input file of OpenAI\'s Batch API: the command "openai-batch" answers its requests.\nNothing was run.\n',
    );
    expect(cli.opened).toEqual([]);
  });
});
