import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { AttemptReport } from '../../../src-main/core/ports.ts';
import { temporaryDirectory } from '../journal/harness.ts';

const SCRIPT = join(import.meta.dirname, 'run-batch.ts');
const COUNT = 240;
const LINES_PER_LIFE = 37;

interface Lives {
  /** `7 completed` and so on, as each life said it. */
  said: string[];
  report: AttemptReport;
  kills: number;
  /** The attempts that were started of each item. */
  attempts: Map<number, number[]>;
}

/** Runs the batch, killed each time it has said so many lines, until a life comes to the end. */
async function liveUntilOver(onInterrupt: 'fail' | 'rerun'): Promise<Lives> {
  const directory = temporaryDirectory();
  const said: string[] = [];
  for (let kills = 0; ; kills += 1) {
    const child = spawn(process.execPath, [SCRIPT, directory, String(COUNT), onInterrupt], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let lines = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('over ')) {
        const report = JSON.parse(line.slice('over '.length)) as AttemptReport;
        return { said, report, kills, attempts: attemptsIn(join(directory, 'effects')) };
      }
      said.push(line);
      lines += 1;
      if (lines === LINES_PER_LIFE) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

function attemptsIn(file: string): Map<number, number[]> {
  const attempts = new Map<number, number[]>();
  for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const [item = -1, attempt = -1] = line.split(' ').map(Number);
    attempts.set(item, [...(attempts.get(item) ?? []), attempt]);
  }
  return attempts;
}

const INDICES = Array.from({ length: COUNT }, (_, index) => index);

it('kill -9 of a batch whose items may run again loses none and doubles no end', async () => {
  const { said, report, kills, attempts } = await liveUntilOver('rerun');
  expect(kills).toBeGreaterThan(1);
  expect(report).toMatchObject({
    outcome: 'completed',
    counts: { total: COUNT, completed: COUNT, failed: 0 },
  });
  expect([...attempts.keys()].sort((one, other) => one - other)).toEqual(INDICES);
  expect(new Set(said).size).toBe(said.length);
  for (const numbers of attempts.values()) expect(new Set(numbers).size).toBe(numbers.length);
});

it('kill -9 of a batch whose items may not run again lets none run twice, and names those it cut off', async () => {
  const { report, kills, attempts, said } = await liveUntilOver('fail');
  expect(kills).toBeGreaterThan(1);
  for (const numbers of attempts.values()) expect(numbers).toEqual([1]);
  const { total, completed = 0, failed = 0 } = report.counts ?? {};
  expect([total, completed + failed]).toEqual([COUNT, COUNT]);
  // At most as many as ran at a time were on their way when it was killed.
  expect(failed).toBeLessThanOrEqual(kills * 8);
  expect(new Set(said).size).toBe(said.length);
});
