import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeTask, openBench, processesWith, someJobId, textSoFar, uniqueMark, until } from './harness.ts';

const SECRET = 'correct-horse-battery';
const redact = [SECRET];

describe('a secret in the output of a program', () => {
  test('is taken out wherever the program cuts its writes', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const source = `
      const { writeSync } = require('node:fs');
      const secret = process.env.TOKEN;
      for (let at = 1; at < secret.length; at += 1) {
        writeSync(1, '<' + secret.slice(0, at));
        // Long enough for the first part to be read alone.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        writeSync(1, secret.slice(at) + '>\\n');
      }
      writeSync(2, Buffer.from('user:' + secret).toString('base64'));`;
    const report = await bench.run({ ...nodeTask(source), env: { TOKEN: SECRET } }, { jobId, redact });
    expect(report.result.stdout).toBe('<[secret]>\n'.repeat(SECRET.length - 1));
    expect(report.result.stderr).toMatch(/^dXNlcj.?\[secret\].{0,4}$/);
    expect(report.outcome).toBe('completed');
  });

  test('reaches no file of the attempt, and no error', async () => {
    const bench = openBench();
    const jobId = someJobId();
    await bench.run(
      {
        kind: 'script',
        interpreter: process.execPath,
        source: 'console.log(process.env.TOKEN)',
        env: { TOKEN: SECRET },
      },
      { jobId, redact },
    );
    const folder = bench.outputs.directoryFor({ jobId, attempt: 1 });
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(SECRET);
    expect(textSoFar(bench, jobId)).toBe('[secret]\n');
  });

  test('a prompt without the end of its line is in the file while the program waits', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const go = join(bench.directory, 'go');
    const running = bench.run(
      nodeTask(`
        process.stdout.write('Continue? ');
        const poll = setInterval(() => require('fs').existsSync(${JSON.stringify(go)}) && clearInterval(poll), 5)`),
      { jobId, redact },
    );
    await until(() => textSoFar(bench, jobId) === 'Continue? ');
    writeFileSync(go, '');
    const { ttftNs, durationNs } = await running;
    expect(ttftNs).toBeLessThan(durationNs);
  });
});

describe('a limit', () => {
  test('keeps the head and the tail of each stream and says what is cut', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const source = `
      process.stdout.write('head' + 'x'.repeat(1e6) + 'tail');
      process.stderr.write('short');`;
    const { result } = await bench.run(nodeTask(source), { jobId, maxOutputBytes: 1024 });
    expect(result).toMatchObject({
      stdout_bytes: 1_000_008,
      stdout_cut_bytes: 1_000_008 - 1024,
      stderr_bytes: 5,
      stderr: 'short',
      truncated: true,
    });
    expect(result).not.toHaveProperty('stderr_cut_bytes');
    const text = textSoFar(bench, jobId);
    expect(text).toMatch(/^headx+\n\[\.\.\. 998984 bytes cut by max_output_bytes \.\.\.\]\nx+tail$/);
    expect(result.stdout).toBe(text);
  });

  test('that is not reached changes nothing', async () => {
    const report = await openBench().run(nodeTask('console.log("out")'), { maxOutputBytes: 1024 });
    expect(report.result).toMatchObject({ stdout: 'out\n', stdout_bytes: 4, truncated: false });
    expect(report.result).not.toHaveProperty('stdout_cut_bytes');
  });

  test('leaves a program that writes nothing without output, and without a first byte', async () => {
    const report = await openBench().run(nodeTask(''), { maxOutputBytes: 1024 });
    expect(report).toMatchObject({
      outcome: 'completed',
      ttftNs: null,
      result: { stdout: '', stdout_bytes: 0 },
    });
  });
});

describe('a program whose output is piped', () => {
  test.runIf(process.platform !== 'win32')('can open its output by name, as it can with a file', async () => {
    const shell = 'echo out > /dev/stdout; echo err > /dev/stderr';
    expect(await openBench().run({ kind: 'command', shell }, { redact })).toMatchObject({
      outcome: 'completed',
      result: { stdout: 'out\n', stderr: 'err\n' },
    });
  });

  test('may write what is no text', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const source = 'process.stdout.write(Buffer.from([0, 255, 254, 195, 10, 128]))';
    await bench.run(nodeTask(source), { jobId, redact });
    const file = join(bench.outputs.directoryFor({ jobId, attempt: 1 }), 'stdout');
    expect([...readFileSync(file)]).toEqual([0, 255, 254, 195, 10, 128]);
  });

  test('may close its pipes long before it ends', async () => {
    const source = `
      const fs = require('node:fs');
      fs.writeSync(1, 'last words');
      fs.closeSync(1); fs.closeSync(2);
      setTimeout(() => process.exit(3), 50)`;
    expect(await openBench().run(nodeTask(source), { redact })).toMatchObject({
      error: { code: 'exit-code' },
      result: { exit_code: 3, stdout: 'last words' },
    });
  });

  test('has all of its output in the report though something that outlives it keeps the pipe', async () => {
    const bench = openBench();
    const mark = uniqueMark();
    const stay = `process.on('SIGPIPE', () => {}); setInterval(() => console.log('later'), 20); '${mark}'`;
    const source = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stay)}],
        { stdio: 'inherit', detached: true }).unref();
      process.stdout.write('x'.repeat(1e6), () => process.exit(0))`;
    const report = await bench.run(nodeTask(source), { maxOutputBytes: 2 ** 30 });
    expect(report.outcome).toBe('completed');
    expect(report.result.stdout_bytes).toBeGreaterThanOrEqual(1e6);
    expect(processesWith(mark), 'what outlives it goes on').toHaveLength(1);
  });

  test('that ended in time is not late because its output is still on its way', async () => {
    const report = (listener: (message: unknown) => void, id: unknown) => {
      listener({ type: 'started', id, pid: 2 ** 30 });
      listener({ type: 'exited', id, code: 0, signal: null, durationNs: 5 });
      // Long after the limit.
      const nothing = { bytes: 0, cutBytes: 0 };
      setTimeout(
        () => listener({ type: 'drained', id, stdout: nothing, stderr: nothing, failure: null }),
        100,
      );
    };
    const bench = openBench(() => {
      let onMessage: (message: unknown) => void = () => {};
      let onExit = () => {};
      return {
        send: (message) =>
          (message as { type: string }).type === 'spawn'
            ? report(onMessage, (message as { id: number }).id)
            : onExit(),
        onMessage: (listener) => {
          onMessage = listener;
        },
        onExit: (listener) => {
          onExit = listener;
        },
        kill: () => onExit(),
      };
    });
    expect(await bench.run(nodeTask(''), { redact, timeoutMs: 1 })).toMatchObject({ outcome: 'completed' });
  });

  test('is ended with its whole tree, and what it said before is kept', async () => {
    const bench = openBench();
    const mark = uniqueMark();
    const jobId = someJobId();
    const abort = new AbortController();
    const trap = `process.on('SIGTERM', () => {}); console.log('here'); setInterval(() => {}, 1e6); '${mark}'`;
    const source = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(trap)}],
        { stdio: 'inherit', detached: true });
      ${trap}`;
    const running = bench.run(nodeTask(source), { jobId, redact, signal: abort.signal, killGraceMs: 50 });
    await until(() => textSoFar(bench, jobId) === 'here\nhere\n');
    abort.abort();
    expect(await running).toMatchObject({
      outcome: 'cancelled',
      result: { signal: 'SIGKILL', stdout: 'here\nhere\n' },
    });
    expect(processesWith(mark)).toEqual([]);
  });

  test('that is still running when Jobdeck closes has its tail written', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const source = `
      process.stdout.write('head' + 'x'.repeat(5000) + 'tail', () => process.stderr.write('here'));
      setInterval(() => {}, 1e6)`;
    const running = bench.run(nodeTask(source), { jobId, maxOutputBytes: 1024 });
    await until(() => textSoFar(bench, jobId, 'stderr') === 'here');
    await bench.executor.close();
    await running;
    expect(textSoFar(bench, jobId)).toMatch(/^headx+\n\[\.\.\. 3984 bytes cut.+\]\nx+tail$/);
  });

  test('is not started at all where it does not exist, and leaves no pipe open', async () => {
    const bench = openBench();
    for (let turn = 0; turn < 40; turn += 1) {
      const report = await bench.run({ kind: 'command', program: 'no-such-program' }, { redact });
      expect(report.error?.code).toBe('spawn');
    }
    expect((await bench.run(nodeTask('console.log(1)'), { redact })).result.stdout).toBe('1\n');
  });
});

test.runIf(process.platform === 'linux')(
  'a full disk ends the output and fails the attempt with its own code',
  async () => {
    const bench = openBench();
    const key = { jobId: someJobId(), attempt: 1 };
    await bench.outputs.prepare(key, {});
    symlinkSync('/dev/full', join(bench.outputs.directoryFor(key), 'stdout'));
    const report = await bench.run(
      { kind: 'command', shell: 'yes; echo "the shell goes on" >&2' },
      { ...key, redact },
    );
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'disk-full' },
      result: { stderr: expect.stringContaining('the shell goes on') },
    });
    expect(report.error?.message).toMatch(/^The disk that holds the output is full: ENOSPC.+Free some space/);
  },
);

test.runIf(process.platform === 'linux')(
  '300 MB of output pass through with the helper as small as before',
  async () => {
    const bench = openBench();
    await bench.run(nodeTask(''), { redact });
    const before = peakBytes(helperPid());
    const jobId = someJobId();
    const report = await bench.run(
      { kind: 'command', shell: `yes 0123456789abcde | head -c ${300 * 1024 * 1024}` },
      { jobId, redact },
    );
    expect(report).toMatchObject({ outcome: 'completed', result: { stdout_bytes: 300 * 1024 * 1024 } });
    expect(statSync(join(bench.outputs.directoryFor({ jobId, attempt: 1 }), 'stdout')).size).toBe(
      300 * 1024 * 1024,
    );
    // Buffers of a few chunks, and what the collector leaves for later.
    expect(peakBytes(helperPid()) - before).toBeLessThan(100 * 1024 * 1024);
  },
);

test('1,000 programs at once through one helper each have their own end and output', async () => {
  const bench = openBench();
  const reports = await Promise.all(
    Array.from({ length: 1000 }, (_, number) =>
      bench.run(
        { kind: 'command', shell: `echo ${number} ${SECRET}; exit ${number % 3}` },
        number % 2 === 0 ? { redact } : {},
      ),
    ),
  );
  for (const [number, { result }] of reports.entries()) {
    expect([result.stdout, result.exit_code]).toEqual([
      `${number} ${number % 2 === 0 ? '[secret]' : SECRET}\n`,
      number % 3,
    ]);
  }
  expect(bench.helpers).toHaveLength(1);
}, 300_000);

function helperPid(): number {
  const pids = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return Number.parseInt(pids.split('\n').find((line) => line.includes('spawn-helper')) ?? '', 10);
}

/** The most memory that a process has had. */
function peakBytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
