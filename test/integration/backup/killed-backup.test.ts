import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createBackups } from '../../../src-main/adapters/backup/backups.ts';
import { Random } from '../../fakes/random.ts';

const LOOP = join(import.meta.dirname, 'backup-loop.ts');

/** Runs it until it has printed so many dots, and kills it there. */
async function killAfter(dataDirectory: string, dots: number): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', LOOP, dataDirectory]);
  let seen = 0;
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  child.stdout.on('data', (text: Buffer) => {
    seen += text.length;
    if (seen >= dots) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('exit', resolve));
  if (seen < dots) throw new Error(`It ended by itself: ${errors.join('')}`);
}

it('a kill at any moment leaves backups that can be read, all of them, and the next one clears away the rest', async () => {
  const data = mkdtempSync(join(tmpdir(), 'jobdeck-kill-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const random = new Random(5);
  const backups = createBackups({
    dataDirectory: data,
    appVersion: '0.1.0',
    now: () => new Date().toISOString(),
  });
  for (let round = 0; round < 5; round += 1) {
    await killAfter(data, random.between(1, 70));
    for (const { name } of (await backups.list()).backups) {
      expect(await backups.check(name)).toMatchObject({ counts: { job: 400 }, problem: null });
    }
  }
  const writeId = await backups.begin('manual');
  await backups.finish(writeId, 3);
  expect(readdirSync(join(data, 'backups')).filter((name) => !name.startsWith('jobdeck-'))).toEqual([]);
});
