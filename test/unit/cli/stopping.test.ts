import { describe, expect, it } from 'vitest';
import type { CliBench, CliBenchOptions } from '../../fakes/cli-bench.ts';
import type { FakeRun } from '../../fakes/fake-executor.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { bench, ids, writeJobs } from './support.ts';

describe('a run that is stopped', () => {
  /** Does what `then` says when a job was started, and by then nothing ends by itself. */
  const whenStarted = (
    then: (cli: CliBench, run: FakeRun) => void,
    options: Partial<CliBenchOptions> = {},
  ) => {
    const cli = bench({
      ...options,
      prepare({ executor }) {
        executor.isAutomatic = false;
        const run = executor.run;
        executor.run = (spec, signal) => {
          const report = run(spec, signal);
          then(cli, executor.runOf(spec.jobId));
          return report;
        };
      },
    });
    return cli;
  };

  it('by SIGINT lets what runs end, keeps the rest for resume, and exits 130', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1), sampleJob(2));
    const cli = whenStarted((self, run) => {
      self.signal('SIGINT');
      run.end();
    });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([{ id: sampleJob(0).id, status: 'completed' }]);
    expect(cli.stderr()).toContain('Finishing what runs; press Ctrl-C again to cancel it.\n');
    expect(cli.stderr()).toContain(
      '1 job finished, all completed. 2 are left: "resume --data data" runs them.',
    );
    expect(cli.closed).toBe(1);

    const resumed = bench({ disk: cli.disk });
    expect(await resumed.run('resume', '--data', 'data')).toBe(0);
    expect(ids(resumed.lines())).toEqual([sampleJob(1).id, sampleJob(2).id]);
    expect(resumed.stderr()).toContain('2 jobs of an earlier run are finished too.');
  });

  it('by a second SIGINT cancels what runs, and still keeps the rest for resume', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = whenStarted((self) => {
      self.signal('SIGINT');
      self.signal('SIGINT');
      self.signal('SIGINT');
    });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([{ id: sampleJob(0).id, status: 'cancelled' }]);
    expect(cli.stderr().match(/Cancelling what runs/gu)).toHaveLength(1);
    expect(cli.stderr()).toContain('1 is left: "resume --data data" runs it.');
    const resumed = bench({ disk: cli.disk });
    expect(await resumed.run('resume', '--data', 'data')).toBe(0);
    expect(resumed.lines()).toMatchObject([{ id: sampleJob(1).id, status: 'completed' }]);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('by %s ends what runs as an interruption', async (signal) => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = whenStarted((self) => self.signal(signal));
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([
      { id: sampleJob(0).id, status: 'failed', metadata: { jobdeck: { error: { code: 'interrupted' } } } },
    ]);
    expect(cli.stderr()).toContain('1 is left: "resume --data data" runs it.');
  });

  it('by SIGTERM after SIGINT does not wait for what runs', async () => {
    writeJobs('a.ndjson', sampleJob(0));
    const cli = whenStarted((self) => {
      self.signal('SIGINT');
      self.signal('SIGTERM');
    });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([{ metadata: { jobdeck: { error: { code: 'interrupted' } } } }]);
  });

  it('says that nothing is kept where no data directory was given', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = whenStarted((self) => self.signal('SIGTERM'));
    expect(await cli.run('run', 'a.ndjson')).toBe(130);
    expect(cli.stderr()).toContain('1 was not run; use --data DIR to be able to resume.');
  });

  it('counts a job once that an earlier run left and a file has, too', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1), sampleJob(2));
    const cli = whenStarted((self) => self.signal('SIGTERM'));
    await cli.run('run', 'a.ndjson', '--data', 'data');
    const again = bench({ disk: cli.disk, stderrIsTerminal: true });
    writeJobs('b.ndjson', sampleJob(1), sampleJob(2));
    expect(await again.run('run', 'b.ndjson', '--data', 'data')).toBe(0);
    expect(ids(again.lines())).toEqual([sampleJob(1).id, sampleJob(2).id]);
    expect(again.stderr()).toContain('0 of 2 done');
    expect(again.stderr()).not.toContain('of 4 done');
  });

  it.runIf(process.platform === 'linux')(
    'exits 1 with the reason where the file can no longer be written',
    async () => {
      writeJobs('a.json', sampleJob(0));
      const cli = bench();
      expect(await cli.run('run', 'a.json', '--out', '/dev/full', '--quiet')).toBe(1);
      expect(cli.stderr()).toBe(
        'Expected room on the disk for /dev/full, got none: free some and try again.\n',
      );
      expect(cli.closed).toBe(1);
    },
  );

  it('ends quietly when the reader of its output goes away, and delivers to the next what was not taken', async () => {
    writeJobs('a.ndjson', ...[0, 1, 2].map((n) => sampleJob(n)));
    const cli = bench({ readerLeavesAfter: 0 });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data', '--quiet')).toBe(141);
    expect(cli.stderr()).toBe('');
    expect(cli.closed).toBe(1);
    const resumed = bench({ disk: cli.disk });
    await resumed.run('resume', '--data', 'data');
    const printed = [...ids(cli.lines()), ...ids(resumed.lines())];
    expect(printed.sort()).toEqual([0, 1, 2].map((n) => sampleJob(n).id).sort());
  });
});
