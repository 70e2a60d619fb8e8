import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { CliBenchOptions } from '../../fakes/cli-bench.ts';
import { answeredWith } from '../../fakes/fake-callback-sender.ts';
import { emptyDisk } from '../../fakes/memory-journal.ts';
import type { RunnerBench } from '../../fakes/runner-bench.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { bench, cwd, read, write, writeJobs } from './support.ts';

const URL = 'http://127.0.0.1:8080/done';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const called = (number: number): BatchJob => ({ ...sampleJob(number), callback_url: URL });

/** Answers with these statuses, one after the other; the last one again and again. */
function answering(
  statuses: number[],
  then: (runner: RunnerBench) => void = () => {},
): CliBenchOptions['prepare'] {
  return (runnerBench) => {
    const { sender, runner, clock } = runnerBench;
    // What is to be tried again within the minute is tried at once.
    runner.onEvents((events) => {
      if (events.some(({ type }) => type === 'callback-recorded')) setImmediate(() => clock.advance(60_000));
    });
    const send = sender.send;
    sender.send = (request, signal) => {
      sender.automatic = answeredWith(statuses.length > 1 ? (statuses.shift() ?? 0) : (statuses[0] ?? 0));
      return send(request, signal);
    };
    then(runnerBench);
  };
}

/** What was to be tried again in an hour is due when it is started. */
const later = ({ clock }: RunnerBench) => clock.advance(7_200_000);
const codes = (lines: Record<string, unknown>[]) => lines.map((line) => line.callback_status_code);
const SOON = ['--callback-schedule', '0s,1s,1s'];

describe('run with callbacks', () => {
  it('waits for the first attempt, says what is left to do, and exits by the jobs alone', async () => {
    writeJobs('a.json', called(0));
    const cli = bench({ prepare: answering([500]) });
    expect(await cli.run('run', 'a.json', '--data', 'data', '--callback-schedule', '0s,1h')).toBe(0);
    expect(codes(cli.lines())).toEqual([500]);
    expect(cli.stderr()).toContain(
      '1 callback was not delivered yet: "resume --wait-callbacks --data data" goes on with it, "callbacks --data data" lists it.\n',
    );
  });

  it('says that nothing is left to send it again without a data directory', async () => {
    writeJobs('a.json', called(0), called(1));
    const cli = bench({ prepare: answering([500]) });
    expect(await cli.run('run', 'a.json', '--callback-schedule', '0s,1h')).toBe(0);
    expect(cli.stderr()).toContain(
      '2 callbacks were not delivered, and nothing is left to send them again: --wait-callbacks waits for them, --data DIR keeps them.\n',
    );
  });

  it('with --wait-callbacks goes on until each is delivered, and prints each document once, as it is then', async () => {
    writeJobs('a.ndjson', called(0), sampleJob(1));
    const cli = bench({ prepare: answering([500, 500, 204]) });
    expect(await cli.run('run', 'a.ndjson', '--wait-callbacks', ...SOON)).toBe(0);
    expect(cli.lines().map(({ id, callback_status_code }) => [id, callback_status_code])).toEqual([
      [sampleJob(1).id, null],
      [called(0).id, 204],
    ]);
    expect(cli.stderr()).not.toContain('not delivered');
  });

  it('with --wait-callbacks exits 1 where one was given up', async () => {
    writeJobs('a.json', called(0));
    const cli = bench({ prepare: answering([500]) });
    expect(await cli.run('run', 'a.json', '--data', 'data', '--wait-callbacks', ...SOON)).toBe(1);
    expect(codes(cli.lines())).toEqual([500]);
    expect(cli.stderr()).toContain('1 job finished, all completed.\n');
    expect(cli.stderr()).toContain('1 callback was not delivered: "callbacks --data data" says why');
  });

  it('lets go where the jobs call back to, before they run', async () => {
    writeJobs('a.json', called(0));
    const disk = emptyDisk();
    const cli = bench({ disk });
    expect(await cli.run('run', 'a.json')).toBe(0);
    expect([...disk.deliveries.origins]).toEqual(['http://127.0.0.1:8080']);
  });

  it('ends the wait at one Ctrl-C, prints what has ended, and leaves the callback for resume', async () => {
    writeJobs('a.json', called(0));
    const disk = emptyDisk();
    const cli = bench({
      disk,
      prepare: answering([500], ({ runner }) => {
        runner.onEvents((events) => {
          if (events.some(({ type }) => type === 'callback-recorded'))
            setImmediate(() => cli.signal('SIGINT'));
        });
      }),
    });
    const schedule = ['--callback-schedule', '0s,1h'];
    expect(await cli.run('run', 'a.json', '--data', 'data', '--wait-callbacks', ...schedule)).toBe(130);
    expect(codes(cli.lines())).toEqual([500]);
    expect(cli.stderr()).toContain('Waiting for 1 callback to be delivered; Ctrl-C ends the wait.\n');
    expect(cli.stderr()).toContain('No longer waiting for callbacks.\n');
    expect(cli.stderr()).toContain('1 callback was not delivered yet');

    const resumed = bench({ disk, prepare: answering([200], later) });
    expect(await resumed.run('resume', '--data', 'data', '--wait-callbacks')).toBe(0);
    expect(resumed.stdout()).toBe('');
    expect(resumed.stderr()).toContain('There was nothing to run.\n');
  });

  it('prints rather again than never what a killed run waited for, and to a file once', async () => {
    writeJobs('a.ndjson', called(0), sampleJob(1));
    const disk = emptyDisk();
    const killed = bench({
      disk,
      prepare: answering([500], ({ runner }) => {
        runner.outbox.acknowledge = () => {};
      }),
    });
    await killed.run('run', 'a.ndjson', '--data', 'data', '--out', 'out', '--callback-schedule', '0s,1h');
    const before = read('out');
    expect(before.trim().split('\n')).toHaveLength(2);
    const resumed = bench({ disk, prepare: answering([200], later) });
    await resumed.run('resume', '--data', 'data', '--out', 'out', '--wait-callbacks');
    expect(read('out')).toBe(before);
  });
});

describe('what signs callbacks', () => {
  const secretOf = async (...argv: string[]): Promise<unknown> => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench();
    expect(await cli.run('run', 'a.json', ...argv)).toBe(0);
    expect(cli.stdout() + cli.stderr()).not.toContain('whsec_');
    return cli.opened[0]?.givenCallbackSecret;
  };
  const other = `whsec_${'A'.repeat(32)}`;

  it('is nothing unless it was given', async () => {
    expect(await secretOf()).toBeUndefined();
  });

  it('comes from the option, before a file of its own, before the secrets file', async () => {
    writeFileSync(join(cwd, 'secrets'), `CALLBACK_SECRET=${SECRET}\n`, { mode: 0o600 });
    expect(await secretOf('--secrets-file', 'secrets')).toBe(SECRET);
    writeFileSync(join(cwd, 'one'), `${other}\n`, { mode: 0o600 });
    expect(await secretOf('--secrets-file', 'secrets', '--callback-secret-file', 'one')).toBe(other);
    expect(await secretOf('--callback-secret', SECRET, '--callback-secret-file', 'one')).toBe(SECRET);
  });

  it.each([
    ['CALLBACK_SECRET=hunter22hunter22\n', '--secrets-file', 'Expected a secret of 24 to 64 bytes'],
    ['hunter22 hunter22', '--callback-secret-file', 'to hold one secret and nothing else'],
    ['', '--callback-secret-file', 'to hold one secret and nothing else'],
  ])('that is none is refused before anything runs, and not shown: %j', async (text, option, message) => {
    writeJobs('a.json', sampleJob(0));
    writeFileSync(join(cwd, 'file'), text, { mode: 0o600 });
    const cli = bench();
    expect(await cli.run('run', 'a.json', option, 'file')).toBe(2);
    expect(cli.stderr()).toContain(message);
    expect(cli.stderr()).not.toContain('hunter22');
    expect(cli.opened).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('is not read from a file that others can read', async () => {
    writeJobs('a.json', sampleJob(0));
    write('open', SECRET);
    const cli = bench();
    expect(await cli.run('run', 'a.json', '--callback-secret-file', 'open')).toBe(2);
    expect(cli.stderr()).toContain('can be read by others');
  });
});
