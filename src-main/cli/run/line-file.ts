/** Files that lines are added to as work ends, for days where need be: `--out` and `--results`. */
import { type FileHandle, open } from 'node:fs/promises';
import { attempt } from '../../adapters/export/write-error.ts';
import { asText, type LineSink } from '../lines.ts';

const BLOCK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

export interface LinePart {
  of: 'start' | 'end';
  maxBytes: number;
}

export interface LineFile {
  /** Resolves once the lines are synced to the disk. */
  append(lines: readonly string[]): Promise<void>;
  /** Calls `visit` with the first or last `maxBytes` of each whole line that an earlier run left. */
  eachLine(part: LinePart, visit: (part: string) => void): Promise<void>;
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
    eachLine: (part, visit) => attempt(path, () => visitLines(file, part, visit)),
    close: () => file.close(),
  };
}

/** `--out FILE`: a document that a killed run wrote and could not acknowledge any more is not written twice. */
export async function outFile(path: string, mode: 'replace' | 'add'): Promise<LineSink> {
  const file = await openLineFile(path, mode);
  const written = new Set<string>();
  if (mode === 'add') {
    await file.eachLine({ of: 'end', maxBytes: ID_BYTES }, (end) => {
      const id = idAtEnd(end);
      if (id !== undefined) written.add(id);
    });
  }
  return {
    write: (lines) => file.append(lines.filter((line) => !written.has(idAtEnd(line) ?? ''))),
    close: file.close,
  };
}

/** A document's id is its last key, and far shorter. */
const ID_BYTES = 1024;

function idAtEnd(line: string): string | undefined {
  return /,"id":("(?:[^"\\]|\\.)*")\}$/u.exec(line)?.[1];
}

async function cutHalfLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const tail = await tailOf(file);
  const half = tail.length - (tail.lastIndexOf(NEWLINE) + 1);
  if (half > 0) await file.truncate(size - half);
}

/** The end of the file, with a line break, or all of it. */
async function tailOf(file: FileHandle): Promise<Buffer> {
  let { size: start } = await file.stat();
  let tail = Buffer.alloc(0);
  while (start > 0 && !tail.includes(NEWLINE)) {
    const length = Math.min(BLOCK_BYTES, start);
    start -= length;
    const block = Buffer.alloc(length);
    await file.read(block, 0, length, start);
    tail = Buffer.concat([block, tail]);
  }
  return tail;
}

async function visitLines(file: FileHandle, part: LinePart, visit: (part: string) => void): Promise<void> {
  const block = Buffer.alloc(BLOCK_BYTES);
  let line = Buffer.alloc(0);
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    let from = 0;
    for (let end = block.indexOf(NEWLINE); end >= 0 && end < bytesRead; end = block.indexOf(NEWLINE, from)) {
      visit(withMore(line, block.subarray(from, end), part).toString('utf8'));
      line = Buffer.alloc(0);
      from = end + 1;
    }
    line = withMore(line, block.subarray(from, bytesRead), part);
  }
}

/** What is kept of a line when more of it was read. A copy: the block is read into again. */
function withMore(line: Buffer, more: Buffer, { of, maxBytes }: LinePart): Buffer<ArrayBuffer> {
  if (of === 'start') return Buffer.concat([line, more.subarray(0, maxBytes - line.length)]);
  const whole = Buffer.concat([line, more]);
  return whole.subarray(Math.max(0, whole.length - maxBytes));
}
