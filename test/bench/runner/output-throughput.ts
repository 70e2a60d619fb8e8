/** One gigabyte of output: to the file that a job's output is in, against the shell's own ways to a file. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { atLeast, type Figure, figure } from '../figures.ts';
import { secondsOf, takeTurns } from '../rounds.ts';
import { job, type OwnRunner, openOwnRunner } from './own-runner.ts';
import { inDirectory } from './peers.ts';

const BYTES = 1024 * 1024 * 1024;
const ROUNDS = 3;
const WRITES = `head -c ${BYTES} /dev/zero`;

const REDIRECT = '> file';
const PIPE = 'cat > file';

export async function outputThroughput(withPeers = true): Promise<Figure[]> {
  const own = await openOwnRunner(1);
  try {
    const measured = await takeTurns(
      {
        ours: () => oursMbPerSecond(own, {}),
        // A limit that is not reached: every byte passes through the helper, as with secrets.
        'ours, through the helper': () => oursMbPerSecond(own, { max_output_bytes: 2 * BYTES }),
        ...(withPeers && {
          [REDIRECT]: () => shellMbPerSecond(`${WRITES} > file`),
          [PIPE]: () => shellMbPerSecond(`${WRITES} | cat > file`),
        }),
      },
      ROUNDS,
    );
    const { ours = Number.NaN, 'ours, through the helper': piped = Number.NaN, ...peers } = measured;
    const direct = figure('1 GB of output', 'MB/s', ours, { peers });
    return [
      { ...direct, goals: [...atLeast(0.8, REDIRECT, direct), ...atLeast(0.8, PIPE, direct)] },
      figure('1 GB of output of a job with a limit or secrets', 'MB/s', piped, { peers }),
    ];
  } finally {
    await own.close();
  }
}

async function oursMbPerSecond(own: OwnRunner, request: JobdeckRequest): Promise<number> {
  const one = job({ task: { kind: 'command', shell: WRITES }, ...request });
  const seconds = await secondsOf(() => own.runAll([one]));
  const path = await own.outputPath({ jobId: one.id, attempt: 1, stream: 'stdout' });
  if (path === null || statSync(path).size !== BYTES)
    throw new Error('Expected the whole output to be in its file.');
  await own.runner.forget([one.id]);
  return BYTES / 1e6 / seconds;
}

function shellMbPerSecond(line: string): number {
  return inDirectory((directory) => {
    const startedAtMs = performance.now();
    spawnSync('sh', ['-c', line], { cwd: directory, stdio: 'inherit' });
    const seconds = (performance.now() - startedAtMs) / 1000;
    if (statSync(join(directory, 'file')).size !== BYTES)
      throw new Error('Expected the shell to write it all.');
    return BYTES / 1e6 / seconds;
  });
}
