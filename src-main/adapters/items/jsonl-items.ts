/** JSONL files: each line is a JSON value. */
import { AppError } from '#shared/app-error.ts';
import { DocumentScan, MAX_DEPTH, NOTHING_SEEN } from '../documents/document-scan.ts';
import { CARRIAGE_RETURN, OPEN_LIST, OPEN_OBJECT, SPACE, TAB } from '../documents/json-bytes.ts';
import { type ParsedDocument, parseDocument } from '../documents/parse-document.ts';
import { type Line, readLines } from './line-items.ts';
import type { SizedItem } from './pages.ts';

/**
 * The value of each line; lines with nothing in them are none.
 * @throws AppError `invalid-document` at the first line that is wrong, and as `readLines`
 */
export async function* jsonlItems(path: string, maxBytes: number): AsyncGenerator<SizedItem> {
  for await (const { value, problems, sizeBytes } of readJsonLines(path, maxBytes)) {
    const [problem] = problems;
    if (problem === undefined) yield { item: value, size: sizeBytes * 2 };
    else {
      const place = problem.path === '' ? '' : ` at ${problem.path}`;
      throw new AppError('invalid-document', `${problem.message} (${path}${place})`);
    }
  }
}

export type JsonLine = ParsedDocument & { sizeBytes: number };

/**
 * The value of each line, or what is wrong with it: what is wrong with a document is wrong here as well (doubled names,
 * numbers that would be rounded, too many levels).
 * @throws AppError as `readLines`
 */
export async function* readJsonLines(path: string, maxBytes: number): AsyncGenerator<JsonLine> {
  let index = 0;
  for await (const line of readLines(path, maxBytes)) {
    if (line.bytes.every(isSpace)) continue;
    yield { ...parseLine(line, index++), sizeBytes: line.bytes.length };
  }
}

function parseLine({ bytes, start }: Line, index: number): ParsedDocument {
  const begin = bytes.findIndex((byte) => !isSpace(byte));
  const first = bytes[begin];
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) {
    return parseDocument({ index, start, bytes, ...NOTHING_SEEN, trouble: null });
  }
  const scan = new DocumentScan({ ...start, offset: start.offset + begin });
  scan.scan(bytes, start.offset, start.offset + bytes.length);
  const trouble = scan.tooDeep
    ? `Expected at most ${MAX_DEPTH} levels of lists and objects, got more.`
    : null;
  const { colons, mayHoldOddNumbers } = scan;
  return parseDocument({ index, start, bytes, colons, mayHoldOddNumbers, trouble });
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN;
}
