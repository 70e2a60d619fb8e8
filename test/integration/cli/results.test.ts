import { watch } from 'node:fs';
import { expect, it } from 'vitest';
import { aJob, makeFolder, parseLines } from './harness.ts';

interface ResultLine {
  job_id: string;
  index: number;
  status: string;
  result: { stdout: string } | null;
}

it('has each item once over three kills at any moment and the resumes after them', async () => {
  const folder = makeFolder();
  const batches = [1, 2].map((number) =>
    folder.shell(number, 'n={{item.n}}; echo $n; exit $((n % 7 == 0))', {
      items: { values: Array.from({ length: 150 }, (_, n) => ({ n })) },
      concurrency: 4,
      on_interrupt: 'rerun',
      fail_when: 'never',
    }),
  );
  folder.writeJobs('jobs.ndjson', batches);
  folder.write('results', '');
  const files = ['--data', 'data', '--out', 'out', '--results', 'results', '--quiet'];
  for (let kills = 0; kills < 3; kills++) {
    const command = kills === 0 ? ['run', 'jobs.ndjson'] : ['resume'];
    const before = folder.read('results').length;
    const child = folder.start([...command, ...files]);
    // Killed once it has written something more, wherever it is by then.
    await grows(folder.path('results'), () => folder.read('results').length > before, child.outcome);
    child.child.kill('SIGKILL');
    expect((await child.outcome).signal).toBe('SIGKILL');
  }
  const { code, stderr } = await folder.run(['resume', ...files]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = folder.lines<ResultLine>('results');
  for (const { id } of batches) {
    const own = lines.filter(({ job_id }) => job_id === id);
    expect(own.map(({ index }) => index).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 150 }, (_, n) => n),
    );
    for (const { index, status, result } of own) {
      expect({ status, stdout: result?.stdout }).toEqual({
        status: index % 7 === 0 ? 'failed' : 'completed',
        stdout: `${index}\n`,
      });
    }
  }
  expect(
    folder
      .lines('out')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(batches.map(({ id }) => id).sort());
}, 180_000);

it('has what retry-failed ran again, under the index of the first batch', async () => {
  const folder = makeFolder();
  const batch = folder.shell(1, '[ {{item}} != 20 ] || [ -e there ]', {
    items: { values: [10, 20, 30] },
    fail_when: 'any',
  });
  folder.writeJobs('jobs.ndjson', [batch]);
  const files = ['--data', 'data', '--results', 'results', '--quiet'];
  expect((await folder.run(['run', 'jobs.ndjson', ...files])).code).toBe(1);
  const table = await folder.run(['list', '--data', 'data']);
  expect(table.stdout).toMatch(/failed +command batch +3 of 3, 1 failed/u);
  const log = await folder.run(['log', batch.id, '--item', '1', '--stderr', '--data', 'data']);
  expect(log).toMatchObject({ code: 0, stdout: '' });
  folder.write('there', '');
  const again = await folder.run(['retry-failed', batch.id.slice(0, 12), ...files]);
  expect(again.code).toBe(0);
  const [document] = parseLines(again.stdout);
  expect(document).toMatchObject({
    status: 'completed',
    metadata: {
      jobdeck: { rerun_of: batch.id, items: { failed_of: batch.id }, counts: { total: 1, completed: 1 } },
    },
  });
  expect(folder.lines('results').map(({ job_id, index, status }) => [job_id, index, status])).toEqual(
    expect.arrayContaining([
      [batch.id, 0, 'completed'],
      [batch.id, 1, 'failed'],
      [batch.id, 2, 'completed'],
      [document?.id, 1, 'completed'],
    ]),
  );
  const nothing = await folder.run(['retry-failed', String(document?.id), '--data', 'data']);
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing to run again') });
});

it('has nothing of a secret, and neither has anything else', async () => {
  const folder = makeFolder();
  const batch = aJob(1, {
    task: { kind: 'command', shell: 'echo $KEY; exit {{item}}', env: { KEY: '{{secret.KEY}}' } },
    items: { values: [0, 1] },
  });
  folder.writeJobs('jobs.ndjson', [batch]);
  const { code, stdout, stderr } = await folder.run([
    'run',
    'jobs.ndjson',
    '--data',
    'data',
    '--results',
    'results',
    '--secret',
    'KEY=hunter2-hunter2',
  ]);
  expect(code).toBe(1);
  const results = folder.lines<ResultLine>('results');
  expect(results.map(({ status }) => status).sort()).toEqual(['completed', 'failed']);
  expect(stdout + stderr + folder.read('results')).not.toContain('hunter2');
  expect(results[0]?.result?.stdout).not.toBe('');
});

/** Resolves once `isTrue`, asked whenever the file changes, or with `ended`. */
function grows(path: string, isTrue: () => boolean, ended: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(path, () => {
      if (isTrue()) done();
    });
    const done = () => {
      watcher.close();
      resolve();
    };
    void ended.then(done);
    if (isTrue()) done();
  });
}
