import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EXPORT_PACKINGS, type ExportPacking } from '#shared/contract/exports.ts';
import { jobDirectory } from '../../../src-main/adapters/output/output-paths.ts';
import { Random } from '../../fakes/random.ts';
import { readZip } from '../../fakes/read-zip.ts';
import { temporaryDirectory } from '../journal/harness.ts';
import { job } from './support.ts';

const SCRIPT = join(import.meta.dirname, 'export-for-ever.ts');
/** At the least; it goes on until some of them left something in the middle. */
const ROUNDS = 5;
const MAX_ROUNDS = 40;
const WANTED_LEFTOVERS = 2;
/** Each round starts a process. */
const TIMEOUT_MS = 180_000;
const RECORDS = 2000;
const random = new Random(3);

describe.each(EXPORT_PACKINGS)('kill -9 in the middle of an export, %s', (packing) => {
  it(
    'leaves whole ones alone under their names, each time, and the next start removes the rest',
    async () => {
      const data = temporaryDirectory();
      const folder = temporaryDirectory();
      await writeFile(join(folder, '.mine.part'), 'not an export');
      const output = join(jobDirectory(data, job(7).id), '1');
      await mkdir(output, { recursive: true });
      await writeFile(join(output, 'stdout'), 'x'.repeat(300_000));
      let leftovers = 0;
      for (let round = 0; round < ROUNDS || leftovers < WANTED_LEFTOVERS; round++) {
        expect(round).toBeLessThan(MAX_ROUNDS);
        await killedInTheMiddle([data, folder, packing]);
        for (const name of await readdir(folder)) {
          if (name === '.mine.part') continue;
          if (/^\.jobs.*\.part$/u.test(name)) leftovers++;
          else expect(await recordsIn(join(folder, name), packing)).toBe(RECORDS);
        }
      }
      // Its last words are of an export of its own: what was there before is gone then.
      const before = (await readdir(folder)).filter((name) => name.startsWith('.jobs'));
      await killedInTheMiddle([data, folder, packing]);
      const left = (await readdir(folder)).filter((name) => before.includes(name));
      expect(left).toEqual([]);
      expect(await readFile(join(folder, '.mine.part'), 'utf8')).toBe('not an export');
    },
    TIMEOUT_MS,
  );
});

/** Starts it, and kills it a random moment after it began an export. */
async function killedInTheMiddle(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const wanted = random.between(1, 3);
  let begun = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'begun') continue;
    begun++;
    if (begun < wanted) continue;
    await after(random.between(0, 60)); // any moment will do
    child.kill('SIGKILL');
    break;
  }
  await exited;
}

/** How many records it has that are whole. */
async function recordsIn(path: string, packing: ExportPacking): Promise<number> {
  const lines = (await textIn(path, packing)).split('\n');
  expect(lines.pop()).toBe('');
  return lines.filter((line) => JSON.parse(line).id !== undefined).length;
}

async function textIn(path: string, packing: ExportPacking): Promise<string> {
  switch (packing) {
    case 'plain':
      return readFile(path, 'utf8');
    case 'gzip':
      return gunzipSync(await readFile(path)).toString();
    case 'zip': {
      const files = readZip(await readFile(path));
      expect(files).toHaveLength(1 + 1);
      return files.find(({ name }) => name === 'jobs.ndjson')?.content.toString() ?? '';
    }
    case 'folder': {
      const output = join(path, 'outputs', job(7).id, 'attempt-1.stdout.txt');
      expect((await stat(output)).size).toBe(300_000);
      return readFile(join(path, 'jobs.ndjson'), 'utf8');
    }
  }
}
