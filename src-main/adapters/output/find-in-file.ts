/** The first place of a text in a file of any size, read in pieces. */
import { open } from 'node:fs/promises';
import { MAX_LINE_LENGTH } from '#shared/contract/output-search.ts';
import { hasCode } from '../process/system-error.ts';

/** A piece is searched within a millisecond: nothing else waits longer for its turn. */
const PIECE_BYTES = 256 * 1024;
/** Kept of the piece before, beside what the text needs: for the line around it, and for colours in it. */
const OVERLAP_BYTES = 4 * 1024;
/** Control sequences (ECMA-48, 5.4): colours, and the moving of the cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what begins them
const CONTROL_SEQUENCE = /\u001b\[[0-?]*[ -/]*[@-~]/gu;

export interface FoundInFile {
  /** The line around the place, or the piece of it that is not longer than `MAX_LINE_LENGTH`. */
  line: string | null;
  bytesRead: number;
}

/**
 * Reads until the text is found, `maxBytes` are read, or the signal ends it. Upper and lower case of A to Z are one.
 * A file that does not exist is empty.
 */
export async function findInFile(
  path: string,
  text: string,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<FoundInFile> {
  // One character a byte: what is cut between two pieces is never a broken character.
  const wanted = asciiLowered(Buffer.from(text, 'utf8').toString('latin1'));
  const overlap = OVERLAP_BYTES + wanted.length;
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return { line: null, bytesRead: 0 };
    throw error;
  }
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    let before = '';
    let bytesRead = 0;
    while (bytesRead < maxBytes && !signal.aborted) {
      const read = await file.read(piece, 0, Math.min(PIECE_BYTES, maxBytes - bytesRead), bytesRead);
      if (read.bytesRead === 0) break;
      bytesRead += read.bytesRead;
      const raw = before + piece.toString('latin1', 0, read.bytesRead);
      const plain = raw.includes('\u001b[') ? raw.replace(CONTROL_SEQUENCE, '') : raw;
      const at = placeOf(wanted, plain);
      if (at !== -1) return { line: lineAround(plain, at, wanted.length), bytesRead };
      before = raw.slice(-overlap);
    }
    return { line: null, bytesRead };
  } finally {
    await file.close();
  }
}

/** What is found without regard to case is looked at once more: of some letters, bytes were taken for letters. */
function placeOf(wanted: string, text: string): number {
  const candidates = text.toLowerCase();
  const pattern = wanted.toLowerCase();
  for (let at = candidates.indexOf(pattern); at !== -1; at = candidates.indexOf(pattern, at + 1)) {
    if (asciiLowered(text.slice(at, at + wanted.length)) === wanted) return at;
  }
  return -1;
}

/** A to Z alone: of other letters one character is several bytes here. */
function asciiLowered(text: string): string {
  return text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function lineAround(text: string, at: number, length: number): string {
  const room = Math.max(0, MAX_LINE_LENGTH - length) >> 1;
  const begin = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - room);
  const next = text.indexOf('\n', at + length);
  const end = Math.min(next === -1 ? text.length : next, at + length + room);
  const line = Buffer.from(text.slice(begin, end), 'latin1').toString('utf8');
  // What was cut in the middle of a character is no character.
  return line
    .replaceAll(/^\ufffd+|\ufffd+$/gu, '')
    .trim()
    .slice(0, MAX_LINE_LENGTH);
}
