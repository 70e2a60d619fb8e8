import { readdirSync, watch } from 'node:fs';
import { expect, it } from 'vitest';
import type { Started } from './command-line.ts';
import { isAlive, makeFolder, parseLines, waitingFor } from './harness.ts';

/** As a terminal does: to the whole group, the spawn helper included. */
const fromKeyboard = ({ child }: Started) => process.kill(-(child.pid ?? 0), 'SIGINT');

/** A run of one job at a time, in a group of its own, whose first job waits for the file `go`. */
async function waitingRun() {
  const folder = makeFolder();
  folder.writeJobs('jobs.ndjson', [folder.shell(1, waitingFor('go', 'first')), folder.shell(2, 'echo 2')]);
  const run = folder.start(['run', 'jobs.ndjson', '--data', 'data', '--slots', '1'], { ownGroup: true });
  await folder.appears('first');
  return { folder, run, pid: Number(folder.read('first')) };
}

it('lets what runs end after one Ctrl-C, and keeps the rest for resume', async () => {
  const { folder, run, pid } = await waitingRun();
  fromKeyboard(run);
  run.child.kill('SIGINT'); // as npm passes the same press on
  await run.printed('press Ctrl-C again');
  expect(isAlive(pid)).toBe(true);
  folder.write('go', '');
  const { code, stdout, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(parseLines(stdout)).toMatchObject([{ status: 'completed' }]);
  expect(stderr).toContain('1 is left: "resume --data data" runs it.');
  const resumed = await folder.run(['resume', '--data', 'data', '--quiet']);
  expect(parseLines(resumed.stdout)).toMatchObject([{ status: 'completed' }]);
});

it('cancels what runs after a second Ctrl-C, with all its processes', async () => {
  const { run, pid } = await waitingRun();
  fromKeyboard(run);
  await run.printed('press Ctrl-C again');
  // Pressed until it is heard: what follows at once is the same press.
  const pressing = setInterval(() => fromKeyboard(run), 100);
  await run.printed('Cancelling what runs.');
  clearInterval(pressing);
  const { code, stdout, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(isAlive(pid)).toBe(false);
  expect(parseLines(stdout)).toMatchObject([{ status: 'cancelled' }]);
  expect(stderr).toContain('1 is left');
});

it.each(['SIGTERM', 'SIGHUP'] as const)(
  'on %s ends what runs with all its processes, at once',
  async (signal) => {
    const { run, pid } = await waitingRun();
    run.child.kill(signal);
    const { code, stdout } = await run.outcome;
    expect(code).toBe(130);
    expect(isAlive(pid)).toBe(false);
    expect(parseLines(stdout)).toMatchObject([
      { status: 'failed', metadata: { jobdeck: { error: { code: 'interrupted' } } } },
    ]);
  },
);

it('lets the items that run end after one Ctrl-C, and resume hands out the others', async () => {
  const folder = makeFolder();
  const line = `echo {{item}}; if [ {{item}} = 2 ]; then ${waitingFor('go', 'second')}; fi`;
  folder.writeJobs('jobs.ndjson', [
    folder.shell(1, line, { items: { range: { from: 1, to: 4 } }, concurrency: 1, on_interrupt: 'rerun' }),
  ]);
  const files = ['--data', 'data', '--results', 'results', '--quiet'];
  const run = folder.start(['run', 'jobs.ndjson', ...files], { ownGroup: true });
  await folder.appears('second');
  fromKeyboard(run);
  folder.write('go', '');
  expect(await run.outcome).toMatchObject({ code: 130, stdout: '' });
  const indexes = () => folder.lines('results').map(({ index }) => index);
  expect(indexes()).toEqual([0, 1]);
  const resumed = await folder.run(['resume', ...files]);
  expect(resumed.code).toBe(0);
  expect(indexes()).toEqual([0, 1, 2, 3]);
  expect(parseLines(resumed.stdout)).toMatchObject([
    { status: 'completed', metadata: { jobdeck: { counts: { total: 4, completed: 4 } } } },
  ]);
});

it.each([
  ['SIGINT', 130, ['convert', '-', '--to', 'ndjson', '--out', 'whole.ndjson']],
  ['SIGTERM', 143, ['validate', '-', '--report', 'whole.ndjson']],
] as const)('on %s gives up the file that documents are written to, and ends with %i', async (...row) => {
  const [signal, expected, argv] = row;
  const folder = makeFolder();
  folder.write('whole.ndjson', 'as it was');
  const begun = await new Promise<Started>((resolve) => {
    const watcher = watch(folder.cwd, (_, name) => {
      if (!name?.endsWith('.part')) return;
      watcher.close();
      resolve(started);
    });
    const started = folder.start([...argv], { stdin: null });
  });
  expect(readdirSync(folder.cwd)).toHaveLength(2);
  begun.child.kill(signal);
  expect(await begun.outcome).toMatchObject({ code: expected, stdout: '', stderr: '' });
  expect(readdirSync(folder.cwd)).toEqual(['whole.ndjson']);
  expect(folder.read('whole.ndjson')).toBe('as it was');
});
