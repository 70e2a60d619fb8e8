/**
 * Jobs a second through the executor, against `xargs -P` in the same run: `node test/bench/spawn.ts [jobs]`.
 * The ratio is what counts; the numbers are of this machine, at this moment.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { newJobId } from '#shared/job/job-id.ts';
import { createOutputStore } from '../../src-main/adapters/output/output-store.ts';
import { startNodeSpawnHelper } from '../../src-main/adapters/process/node-spawn-helper.ts';
import { createProcessExecutor } from '../../src-main/adapters/process/process-executor.ts';

const JOBS = Number(process.argv[2] ?? 1000);
const ROUNDS = 3;
const inFlight = 4 * availableParallelism();

const directory = mkdtempSync(join(tmpdir(), 'jobdeck-bench-'));
const executor = createProcessExecutor({
  startSpawnHelper: startNodeSpawnHelper,
  outputs: createOutputStore(directory),
});

async function throughExecutor(jobs: number): Promise<void> {
  const never = new AbortController().signal;
  let left = jobs;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const spec = {
        jobId: newJobId('job', randomUUID),
        attempt: 1,
        timeoutMs: null,
        killGraceMs: 5000,
        redact: [],
      };
      const { outcome } = await executor.run({ ...spec, task: { kind: 'command', program: 'true' } }, never);
      if (outcome !== 'completed') throw new Error(`Expected completed, got ${outcome}.`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

function throughXargs(jobs: number): void {
  const input = Array.from({ length: jobs }, (_, index) => `${index}\n`).join('');
  const { status } = spawnSync('xargs', ['-P', String(inFlight), '-n', '1', 'true'], { input });
  if (status !== 0) throw new Error(`Expected xargs to end with 0, got ${status}.`);
}

async function perSecond(run: (jobs: number) => unknown): Promise<number> {
  const startedAtMs = performance.now();
  await run(JOBS);
  return JOBS / ((performance.now() - startedAtMs) / 1000);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

try {
  await throughExecutor(50);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await perSecond(throughExecutor));
    theirs.push(await perSecond(throughXargs));
  }
  const [executorRate, xargsRate] = [median(ours), median(theirs)];
  console.log(`${JOBS} jobs of \`true\`, ${inFlight} in flight, median of ${ROUNDS} rounds`);
  console.log(`executor  ${Math.round(executorRate)} jobs/s`);
  console.log(`xargs -P  ${Math.round(xargsRate)} jobs/s`);
  console.log(`ratio     ${(executorRate / xargsRate).toFixed(2)}`);
} finally {
  await executor.close();
  rmSync(directory, { recursive: true, force: true });
}
