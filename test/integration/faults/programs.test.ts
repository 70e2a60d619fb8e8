import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { processesWith, uniqueMark, until } from '../process/harness.ts';
import { allEvents, job, nodeJob, open, resultOf, storedJob, temporaryDirectory } from '../runner/harness.ts';

async function started(slots = 4) {
  const directory = temporaryDirectory();
  const workspace = await open(join(directory, 'data'), { slots });
  await workspace.runner.start();
  return { directory, workspace };
}

const codesOf = (attempts: { error?: { code: string }; outcome?: string }[] = []) =>
  attempts.map(({ error, outcome }) => error?.code ?? outcome);

describe('cancelling a batch', () => {
  it('of programs that ignore TERM and leave their session ends them all, and keeps what had ended', async () => {
    const { directory, workspace } = await started();
    const marks = join(directory, 'marks');
    mkdirSync(marks);
    const mark = uniqueMark();
    const stays = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); '${mark}'`;
    const source = `
      const { JOBDECK_INDEX, MARKS } = process.env;
      const say = () => require('node:fs').writeFileSync(MARKS + '/' + JOBDECK_INDEX, '');
      if (Number(JOBDECK_INDEX) < 2) return say();
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stays)}],
        { stdio: 'ignore', detached: true }).once('spawn', say);
      ${stays}`;
    const batch = job({
      task: {
        kind: 'command',
        program: process.execPath,
        args: ['-e', `(() => { ${source} })()`],
        env: { MARKS: marks },
      },
      items: { range: { from: 1, to: 10 } },
      concurrency: 4,
      kill_grace_ms: 100,
    });
    await workspace.runner.submit([batch]);
    await until(() => readdirSync(marks).length === 6);
    await workspace.runner.cancel([batch.id]);
    await workspace.runner.idle();

    expect(processesWith(mark)).toEqual([]);
    expect(storedJob(workspace, batch)).toMatchObject({
      status: 'cancelled',
      metadata: { jobdeck: { counts: { total: 10, completed: 2, failed: 0, cancelled: 8 } } },
    });
    const attempts = workspace.items.page(batch.id, null, null, 100).map((item) => item.attempts);
    expect(attempts).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
  });
});

describe('a program', () => {
  it('that is not there, then may not be run, then works, is tried until it does', async () => {
    const { directory, workspace } = await started();
    const program = join(directory, 'program');
    const late = job({
      task: { kind: 'command', program },
      retry: { max_attempts: 1000, backoff_ms: 20, factor: 1, jitter: false, on: ['spawn'] },
    });
    const messages: string[] = [];
    workspace.runner.onEvents((events) => {
      for (const { type, job } of events) {
        if (type !== 'requeued') continue;
        const message = jobdeckOf(job)?.attempts?.at(-1)?.error?.message ?? '';
        if (!messages.includes(message)) messages.push(message);
        if (!existsSync(program)) writeFileSync(program, '#!/bin/sh\necho here\n', { mode: 0o600 });
        else if (messages.length === 2) chmodSync(program, 0o700);
      }
    });
    await workspace.runner.submit([late]);
    await workspace.runner.idle();

    expect(messages).toHaveLength(2);
    for (const message of messages) expect(message).toContain(program);
    expect(resultOf(workspace, late)?.stdout).toBe('here\n');
    const codes = codesOf(jobdeckOf(storedJob(workspace, late))?.attempts);
    expect(codes.slice(0, -1).every((code) => code === 'spawn')).toBe(true);
    expect(codes.at(-1)).toBe('completed');
  });

  it('whose folder vanishes between two attempts fails with the name of it', async () => {
    const { directory, workspace } = await started();
    const cwd = join(directory, 'work');
    mkdirSync(cwd);
    const removes = job({
      task: { kind: 'command', shell: 'rmdir "$PWD"; exit 1', cwd },
      retry: { max_attempts: 5, backoff_ms: 1 },
    });
    await workspace.runner.submit([removes]);
    await workspace.runner.idle();
    const jobdeck = jobdeckOf(storedJob(workspace, removes));
    expect(codesOf(jobdeck?.attempts)).toEqual(['exit-code', 'spawn']);
    expect(jobdeck?.error?.message).toContain(cwd);
  });

  it('that closes its output and goes on has ended when it ends, with what it had said', async () => {
    const { workspace } = await started();
    const shell = 'echo said; exec >&- 2>&-; sleep 0.1; exit 7';
    const direct = job({ task: { kind: 'command', shell } });
    const piped = job({ task: { kind: 'command', shell }, max_output_bytes: 1024 });
    await workspace.runner.submit([direct, piped]);
    await workspace.runner.idle();
    for (const closes of [direct, piped]) {
      expect(resultOf(workspace, closes)).toMatchObject({ exit_code: 7, stdout: 'said\n' });
      expect(storedJob(workspace, closes).status).toBe('failed');
    }
  });

  it('that writes gigabytes has all of it in its file, and both ends of it in its record', async () => {
    const { workspace } = await started();
    const GIB = 2 ** 30;
    // A hole: the size is real, the blocks are not.
    const writes = nodeJob(`
      const { ftruncateSync, writeSync } = require('node:fs');
      writeSync(1, 'first'); ftruncateSync(1, ${5 * GIB}); writeSync(1, 'last')`);
    await workspace.runner.submit([writes]);
    await workspace.runner.idle();
    const result = resultOf(workspace, writes);
    expect(result).toMatchObject({ stdout_bytes: 5 * GIB + 4, truncated: true });
    expect(result?.stdout?.startsWith('first')).toBe(true);
    expect(result?.stdout?.endsWith('last')).toBe(true);
    const ref = { jobId: writes.id, attempt: 1, stream: 'stdout' } as const;
    const tail = await workspace.readOutput({ ...ref, offset: -4, maxBytes: 100 });
    expect([tail.offset, new TextDecoder().decode(tail.bytes)]).toEqual([5 * GIB, 'last']);
    expect(statSync((await workspace.outputPath(ref)) ?? '').size).toBe(5 * GIB + 4);
  });

  it('that writes what is no text keeps its bytes in the file, and leaves records that are valid', async () => {
    const { directory, workspace } = await started();
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x6f, 0x6b, 0xed, 0xa0, 0x80, 0x1b, 0xc3]);
    const octal = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const task = { kind: 'command', shell: `printf '${octal}'; printf '${octal}' >&2; exit 1` } as const;
    const one = job({ task });
    const batch = { ...job({ task, items: { values: [1] } }), job_type: 'batch' as const };
    await workspace.runner.submit([one, batch]);
    await workspace.runner.idle();
    const path = await workspace.outputPath({ jobId: one.id, attempt: 1, stream: 'stdout' });
    expect(readFileSync(path ?? '')).toEqual(bytes);
    const shown = new TextDecoder().decode(bytes);
    expect(resultOf(workspace, one)).toMatchObject({
      stdout: shown,
      stderr: shown,
      stdout_bytes: bytes.length,
    });
    expect(workspace.items.find(batch.id, 0)?.result).toMatchObject({ stdout: shown });
    await workspace.close();

    const again = await open(join(directory, 'data'));
    expect(again.runner.status().problem).toBeNull();
    for (const { job: record } of allEvents(again)) expect(isJob(record)).toBe(true);
    expect(resultOf(again, one)?.stdout).toBe(shown);
  });
});
