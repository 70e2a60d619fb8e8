import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDirectory } from '../../../src-main/adapters/journal/data-lock.ts';
import { openJournal, temporaryDirectory } from './harness.ts';

async function lockElsewhere(directory: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-and-say.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of a data directory', () => {
  it('keeps another process out with a sentence that names the directory, and dies with its owner', async () => {
    const directory = temporaryDirectory();
    const owner = await lockElsewhere(directory);
    expect(() => lockDataDirectory(directory)).toThrow(
      expect.objectContaining({ code: 'data-in-use', message: expect.stringContaining(directory) }),
    );
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    lockDataDirectory(directory)();
  });

  it('keeps the same process out a second time, until it is given back', () => {
    const directory = temporaryDirectory();
    const unlock = lockDataDirectory(directory);
    expect(() => lockDataDirectory(directory)).toThrow(expect.objectContaining({ code: 'data-in-use' }));
    unlock();
    lockDataDirectory(directory)();
  });

  it('leaves the journal readable for others', async () => {
    const directory = temporaryDirectory();
    await lockElsewhere(directory);
    expect(openJournal(directory).journal.head()).toBe(0);
  });
});
