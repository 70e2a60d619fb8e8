import { describe, expect, test } from 'vitest';
import { createOutputLimit, MAX_TAIL_BYTES } from '../../../../src-main/adapters/output/output-limit.ts';

function limited(output: string | Buffer, maxBytes: number, pieceBytes: number) {
  const limit = createOutputLimit(maxBytes);
  const bytes = Buffer.from(output as string);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    parts.push(limit.push(bytes.subarray(at, at + pieceBytes)));
  }
  const head = Buffer.concat(parts).toString();
  const { rest, cutBytes } = limit.end();
  return { head, text: head + rest.toString(), cutBytes, bytes: Buffer.concat([...parts, rest]) };
}

const LINE = /\n\[\.\.\. (\d+) bytes cut by max_output_bytes \.\.\.\]\n/;

describe.each([1, 2, 3, 7, 100])('output that comes %d bytes at a time', (piece) => {
  test('is whole up to the limit', () => {
    for (const length of [0, 1, 5, 9, 10]) {
      const output = '0123456789'.slice(0, length);
      expect(limited(output, 10, piece)).toMatchObject({ text: output, cutBytes: 0 });
    }
  });

  test('keeps its beginning and its end, and names what is between', () => {
    expect(limited('0123456789A', 10, piece)).toMatchObject({
      text: '01234\n[... 1 bytes cut by max_output_bytes ...]\n6789A',
      cutBytes: 1,
    });
    const alphabet = 'abcdefghijklmnopqrstuvwxyz';
    expect(limited(alphabet.repeat(4), 6, piece)).toMatchObject({
      text: 'abc\n[... 98 bytes cut by max_output_bytes ...]\nxyz',
      cutBytes: 98,
    });
  });

  test.each(['é', '€', '😀'])('is cut between characters and never inside %s', (character) => {
    for (let shift = 0; shift < 4; shift += 1) {
      const output = 'x'.repeat(shift) + character.repeat(20);
      const { text, cutBytes } = limited(output, 21, piece);
      const [head = '', leftOut = '', tail = ''] = text.split(LINE);
      expect(text).not.toContain('\uFFFD');
      expect(output.startsWith(head) && output.endsWith(tail)).toBe(true);
      expect(Number(leftOut)).toBe(cutBytes);
      expect(Buffer.byteLength(head) + cutBytes + Buffer.byteLength(tail)).toBe(Buffer.byteLength(output));
      expect(Buffer.byteLength(head + tail)).toBeLessThanOrEqual(21);
    }
  });
});

test('the beginning is given as it comes', () => {
  expect(limited('0123456789', 10, 1).head).toBe('01234');
});

test('of bytes that are no text no more than the limit is kept', () => {
  const { bytes, cutBytes } = limited(Buffer.alloc(1000, 0x80), 100, 33);
  const line = `\n[... ${cutBytes} bytes cut by max_output_bytes ...]\n`;
  expect(bytes.length - line.length + cutBytes).toBe(1000);
  expect(cutBytes).toBeGreaterThanOrEqual(900);
  expect(cutBytes).toBeLessThanOrEqual(906);
});

test('of a large limit the end that waits in memory is bounded, and the beginning gets the rest', () => {
  const maxBytes = 3 * MAX_TAIL_BYTES;
  const { head } = limited(Buffer.alloc(maxBytes + 1, 'x'), maxBytes, 1 << 20);
  expect(head.length).toBe(2 * MAX_TAIL_BYTES);
});
