import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyDisk } from '../../fakes/memory-journal.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { bench, cwd, read, write, writeJobs } from './support.ts';

describe('resume', () => {
  it('prints nothing again that was delivered, and says that there was nothing to do', async () => {
    const disk = emptyDisk();
    writeJobs('a.json', sampleJob(0));
    await bench({ disk }).run('run', 'a.json', '--data', 'data');
    const cli = bench({ disk });
    expect(await cli.run('resume', '--data', 'data')).toBe(0);
    expect(cli.stdout()).toBe('');
    expect(cli.stderr()).toBe('There was nothing to run.\n');
  });

  it('adds to the file of the run, without the half line that a kill left', async () => {
    const disk = emptyDisk();
    writeJobs('a.json', sampleJob(0));
    await bench({ disk }).run('run', 'a.json', '--data', 'data', '--out', 'out');
    write('out', `${read('out')}{"id":"job-torn`);
    writeJobs('b.json', sampleJob(1));
    // A job that was submitted and never run, as a kill would leave it.
    const stopped = bench({
      disk,
      prepare({ runner }) {
        runner.onEvents(() => stopped.signal('SIGTERM'));
      },
    });
    await stopped.run('run', 'b.json', '--data', 'data', '--out', 'other');
    await bench({ disk }).run('resume', '--data', 'data', '--out', 'out');
    const printed = [...read('out').split('\n'), ...read('other').split('\n')].filter((line) => line !== '');
    expect(printed.map((line) => JSON.parse(line).id).sort()).toEqual(
      [sampleJob(0).id, sampleJob(1).id].sort(),
    );
  });

  it('adds no line twice that a killed run wrote and did not acknowledge', async () => {
    const disk = emptyDisk();
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const killed = bench({
      disk,
      prepare({ runner }) {
        runner.outbox.acknowledge = () => {};
      },
    });
    await killed.run('run', 'a.ndjson', '--data', 'data', '--out', 'out');
    const before = read('out');
    expect(await bench({ disk }).run('resume', '--data', 'data', '--out', 'out')).toBe(0);
    expect(read('out')).toBe(before);
    const elsewhere = bench({ disk });
    await elsewhere.run('resume', '--data', 'data');
    expect(elsewhere.stdout()).toBe('');
  });

  it('exits 2 where there is no earlier run, and makes no folder', async () => {
    const cli = bench();
    expect(await cli.run('resume', '--data', 'none')).toBe(2);
    expect(cli.stderr()).toContain('Expected the data directory of an earlier run at');
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });
});
