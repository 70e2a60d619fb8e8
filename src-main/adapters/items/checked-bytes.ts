/** The bytes of a text file, once it is certain that they are UTF-8. */
import { isUtf8 } from 'node:buffer';
import { AppError } from '#shared/app-error.ts';
import { bytesOfFile } from '../documents/document-source.ts';
import { NEWLINE } from '../documents/json-bytes.ts';

/**
 * Leaves out a byte order mark. A character that two chunks share comes whole with the second one.
 * @throws AppError `invalid-document` with line and byte where they are no UTF-8; `not-found`, `bad-request`, `io` where
 * the file can't be read
 */
export async function* checkedBytes(path: string): AsyncGenerator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  let offset = 0;
  let line = 1;
  let isFirst = true;

  /** @throws AppError where they are no UTF-8 */
  function check(bytes: Buffer): void {
    if (!isUtf8(bytes)) throw notUtf8(path, bytes, offset, line);
    offset += bytes.length;
    line += countLines(bytes);
  }

  for await (const chunk of bytesOfFile(path)) {
    const bytes = carry.length === 0 ? Buffer.from(chunk) : Buffer.concat([carry, chunk]);
    if (isFirst && bytes.length < 3) {
      carry = bytes;
      continue;
    }
    const start = isFirst ? byteOrderMark(path, bytes) : 0;
    const whole = bytes.length - unfinished(bytes);
    carry = bytes.subarray(whole);
    const piece = bytes.subarray(0, whole);
    check(piece);
    isFirst = false;
    if (piece.length > start) yield piece.subarray(start);
  }
  check(carry);
  if (carry.length > 0) yield carry;
}

/** How long the mark is that the file begins with. */
function byteOrderMark(path: string, bytes: Buffer): number {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new AppError(
      'invalid-document',
      `Expected ${path} to be in UTF-8, got UTF-16: save it as UTF-8 and try again.`,
    );
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
}

/** How many bytes at the end begin a character that they do not end (RFC 3629, section 3). */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/** Names the first byte that is not UTF-8: the first that decoding and encoding again does not give back. */
function notUtf8(path: string, bytes: Buffer, offset: number, line: number): AppError {
  const again = Buffer.from(bytes.toString('utf8'), 'utf8');
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at++;
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  const where = `line ${line + countLines(bytes.subarray(0, at))}, byte ${offset + at}`;
  return new AppError(
    'invalid-document',
    `Expected ${path} to be in UTF-8, got the byte 0x${byte} that does not belong there (${where}): save it as UTF-8 and try again.`,
  );
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
