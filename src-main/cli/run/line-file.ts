/** Files that lines are added to as work ends, for days where need be: `--out` and `--results`. */
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '#shared/app-error.ts';
import { asText, type LineSink } from '../lines.ts';

const BLOCK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

export interface LineFile {
  /** Resolves once the lines are synced to the disk. */
  append(lines: readonly string[]): Promise<void>;
  /** The last whole lines that an earlier run left, oldest first; at most `count`. */
  lastLines(count: number): Promise<string[]>;
  /** Calls `visit` with the first `maxBytes` of each whole line that an earlier run left. */
  eachLine(maxBytes: number, visit: (start: string) => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file, and replaces what it holds or adds to it: then half a line at its end is cut off.
 * @throws AppError `io`, as all methods, or `disk-full`
 */
export async function openLineFile(path: string, mode: 'replace' | 'add'): Promise<LineFile> {
  const file = await attempt(path, () => open(path, mode === 'replace' ? 'w+' : 'a+'));
  if (mode === 'add') await attempt(path, () => cutHalfLine(file));
  return {
    append: (lines) =>
      attempt(path, async () => {
        if (lines.length === 0) return;
        await file.appendFile(asText(lines));
        await file.datasync();
      }),
    lastLines: (count) => attempt(path, async () => wholeLines(await tailOf(file, count)).slice(-count)),
    eachLine: (maxBytes, visit) => attempt(path, () => visitLines(file, maxBytes, visit)),
    close: () => file.close(),
  };
}

/**
 * `--out FILE`: a line that a killed run wrote and could not acknowledge any more is not written twice.
 * @param pageLines how many lines are written before they are acknowledged, at most
 */
export async function outFile(path: string, mode: 'replace' | 'add', pageLines: number): Promise<LineSink> {
  const file = await openLineFile(path, mode);
  const written = new Set(mode === 'add' ? await file.lastLines(pageLines) : []);
  return {
    write: (lines) => file.append(lines.filter((line) => !written.has(line))),
    close: file.close,
  };
}

async function cutHalfLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const tail = await tailOf(file, 0);
  const half = tail.length - (tail.lastIndexOf(NEWLINE) + 1);
  if (half > 0) await file.truncate(size - half);
}

/** The end of the file, with more than `count` line breaks, or all of it. */
async function tailOf(file: FileHandle, count: number): Promise<Buffer> {
  let { size: start } = await file.stat();
  let tail = Buffer.alloc(0);
  while (start > 0 && newlinesIn(tail) <= count) {
    const length = Math.min(BLOCK_BYTES, start);
    start -= length;
    const block = Buffer.alloc(length);
    await file.read(block, 0, length, start);
    tail = Buffer.concat([block, tail]);
  }
  return tail;
}

async function visitLines(file: FileHandle, maxBytes: number, visit: (start: string) => void): Promise<void> {
  const block = Buffer.alloc(BLOCK_BYTES);
  let start = Buffer.alloc(0);
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    let from = 0;
    for (let end = block.indexOf(NEWLINE); end >= 0 && end < bytesRead; end = block.indexOf(NEWLINE, from)) {
      visit(withMore(start, block.subarray(from, end), maxBytes).toString('utf8'));
      start = Buffer.alloc(0);
      from = end + 1;
    }
    start = withMore(start, block.subarray(from, bytesRead), maxBytes);
  }
}

/** A copy: the block is read into again. */
function withMore(start: Buffer, more: Buffer, maxBytes: number): Buffer<ArrayBuffer> {
  return Buffer.concat([start, more.subarray(0, maxBytes - start.length)]);
}

function wholeLines(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\n').slice(0, -1);
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
