/** Files of lines: each line is an item. */
import { AppError } from '#shared/app-error.ts';
import { CARRIAGE_RETURN, NEWLINE, type Position } from '../documents/json-bytes.ts';
import { checkedBytes } from './checked-bytes.ts';
import type { SizedItem } from './pages.ts';

export interface Line {
  /** Without its line break. */
  bytes: Buffer;
  start: Position;
}

/**
 * Each line as a text, empty ones included. What follows the last line break is an item only where it is not empty.
 * @throws AppError as `readLines`
 */
export async function* lineItems(path: string, maxBytes: number): AsyncGenerator<SizedItem> {
  for await (const { bytes } of readLines(path, maxBytes)) {
    yield { item: bytes.toString('utf8'), size: bytes.length * 2 };
  }
}

/**
 * The lines of a file, ended by LF or CRLF.
 * @throws AppError `invalid-document` for a line of more than `maxBytes`, and as `checkedBytes`
 */
export async function* readLines(path: string, maxBytes: number): AsyncGenerator<Line> {
  /** What the chunks before hold of the line. */
  let begun: Buffer[] = [];
  let length = 0;
  const start: Position = { offset: 0, line: 1, lineStart: 0 };

  function take(piece: Buffer): void {
    length += piece.length;
    if (length > maxBytes) throw tooLong(path, start.line, maxBytes);
    begun.push(piece);
  }
  function line(): Line {
    const bytes = begun.length === 1 ? (begun[0] as Buffer) : Buffer.concat(begun);
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    return { bytes: bytes.subarray(0, end), start: { ...start } };
  }

  for await (const chunk of checkedBytes(path)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end));
      yield line();
      start.offset += length + 1;
      start.lineStart = start.offset;
      start.line++;
      begun = [];
      length = 0;
      from = end + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (length > 0) yield line();
}

function tooLong(path: string, line: number, maxBytes: number): AppError {
  return new AppError(
    'invalid-document',
    `Expected at most ${maxBytes / 1024 / 1024} MiB in a line of ${path}, got more in line ${line}.`,
  );
}
