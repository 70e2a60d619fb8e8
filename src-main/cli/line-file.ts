/** `--out FILE`: written as documents finish, for days where need be. */
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '#shared/app-error.ts';
import { asText, type LineSink } from './lines.ts';

const BLOCK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/**
 * Opens the file. Lines are synced before they count as delivered, so a run that is killed loses none. Where lines
 * are added to what an earlier run left, half a line at its end is cut off, and a line that it wrote and could not
 * acknowledge any more is not written twice.
 * @param pageLines how many lines are written before they are acknowledged, at most
 * @throws AppError `io`
 */
export async function lineFile(path: string, mode: 'replace' | 'add', pageLines: number): Promise<LineSink> {
  const file = await attempt(path, () => open(path, mode === 'replace' ? 'w' : 'a+'));
  const written = mode === 'add' ? await attempt(path, () => mendEnd(file, pageLines)) : new Set<string>();
  return {
    async write(lines) {
      const fresh = lines.filter((line) => !written.has(line));
      if (fresh.length === 0) return;
      await attempt(path, async () => {
        await file.appendFile(asText(fresh));
        await file.datasync();
      });
    },
    close: () => file.close(),
  };
}

/** Cuts off what follows the last line break, and gives the last lines. */
async function mendEnd(file: FileHandle, count: number): Promise<Set<string>> {
  let { size: start } = await file.stat();
  const end = start;
  let tail = Buffer.alloc(0);
  while (start > 0 && newlinesIn(tail) <= count) {
    const length = Math.min(BLOCK_BYTES, start);
    start -= length;
    const block = Buffer.alloc(length);
    await file.read(block, 0, length, start);
    tail = Buffer.concat([block, tail]);
  }
  const whole = tail.subarray(0, tail.lastIndexOf(NEWLINE) + 1);
  if (whole.length < tail.length) await file.truncate(end - (tail.length - whole.length));
  return new Set(whole.toString('utf8').split('\n').slice(0, -1).slice(-count));
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? 'disk-full' : 'io';
    throw new AppError(code, `Expected to be able to write ${path}, got: ${reason}`, { cause: error });
  }
}
