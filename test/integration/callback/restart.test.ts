import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { draftOf } from '../../fakes/journal-contract.ts';
import { open, storedJob, temporaryDirectory } from '../runner/harness.ts';
import { startReceiver } from './harness.ts';

it('a callback that is due survives a kill between the commit and the POST, and is sent once', async () => {
  const directory = temporaryDirectory();
  const { url, posts } = await startReceiver();
  const script = join(import.meta.dirname, 'due-after-kill.ts');
  const child = spawn(process.execPath, [script, directory, url], { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  expect(posts).toEqual([]);

  const { job } = draftOf('completed', 1);
  const first = await open(directory);
  await first.runner.start();
  await first.runner.idle();
  expect(posts).toHaveLength(1);
  expect(storedJob(first, job)).toMatchObject({ status: 'completed', callback_status_code: 200 });
  await first.close();

  const second = await open(directory);
  await second.runner.start();
  await second.runner.idle();
  expect(posts).toHaveLength(1);
});
