/** CSV files (RFC 4180): the first row names the fields, each further row is an object of texts. */
import { pipeline } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { AppError } from '#shared/app-error.ts';
import { checkedBytes } from './checked-bytes.ts';
import type { SizedItem } from './pages.ts';

/**
 * One object a row, with the fields of the header. Empty lines are no rows. Commas separate, or what the header has
 * instead: semicolons or tabs, as spreadsheets write them in some languages.
 * @throws AppError `invalid-document` with the line of a row that has other fields than the header, or quotes that are
 * not right; and as `checkedBytes`
 */
export async function* csvItems(path: string, maxBytes: number): AsyncGenerator<SizedItem> {
  let names: string[] | null = null;
  try {
    for await (const row of readRows(path, maxBytes)) {
      if (names === null) {
        names = checkHeader(row, path);
        continue;
      }
      // Own properties whatever their names: `__proto__` is one like any other.
      const item = Object.fromEntries(names.map((name, at) => [name, row[at] ?? '']));
      yield { item, size: row.reduce((size, field) => size + 2 * field.length, 64) };
    }
  } catch (error) {
    throw error instanceof CsvError ? explain(error, path, maxBytes) : error;
  }
  if (names === null) {
    throw new AppError(
      'invalid-document',
      `Expected the names of the fields in the first line of ${path}, got an empty file.`,
    );
  }
}

async function* readRows(path: string, maxBytes: number): AsyncGenerator<string[]> {
  const chunks = checkedBytes(path);
  const first = await chunks.next();
  if (first.done === true) return;
  const parser: Parser = parse({
    delimiter: delimiterOf(first.value),
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    max_record_size: maxBytes,
  });
  async function* all(): AsyncGenerator<Buffer> {
    yield first.value as Buffer;
    yield* chunks;
  }
  const piped = pipeline(all(), parser);
  // The loop below meets the same error: the parser is destroyed with it.
  piped.catch(() => undefined);
  for await (const row of parser) yield row as string[];
}

/** The one that is there most in the first line, outside of quotes. */
function delimiterOf(bytes: Buffer): string {
  const [header = ''] = bytes.toString('utf8').split('\n', 1);
  const bare = header.replace(/"[^"]*"/gu, '');
  if (bare.includes(',')) return ',';
  return [';', '\t'].find((delimiter) => bare.includes(delimiter)) ?? ',';
}

function checkHeader(names: readonly string[], path: string): string[] {
  const seen = new Map<string, number>();
  names.forEach((name, at) => {
    const column = at + 1;
    if (name.trim() === '') {
      throw new AppError(
        'invalid-document',
        `Expected a name for each field in the first line of ${path}, got none for field ${column}.`,
      );
    }
    const before = seen.get(name);
    if (before !== undefined) {
      throw new AppError(
        'invalid-document',
        `Expected each field to have a name of its own in the first line of ${path}, got ${JSON.stringify(name)} for fields ${before} and ${column}.`,
      );
    }
    seen.set(name, column);
  });
  return [...names];
}

function explain(error: CsvError, path: string, maxBytes: number): AppError {
  const line = 'lines' in error ? error.lines : '?';
  return new AppError('invalid-document', `${reason(error, maxBytes)} (${path}, line ${line})`, {
    cause: error,
  });
}

function reason(error: CsvError, maxBytes: number): string {
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH': {
      const [, expected, got] = /expect (\d+), got (\d+)/u.exec(error.message) ?? [];
      return `Expected ${expected} fields as in the first line, got ${got}.`;
    }
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'Expected a closing quote before the end of the file, got none for the one that opens here.';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'Expected a delimiter or the end of the line after a closing quote, got something else: a quote inside of a field is written twice.';
    case 'INVALID_OPENING_QUOTE':
      return 'Expected quotes around a whole field, got one in the middle of a field: quote the field, and write the quote inside of it twice.';
    case 'CSV_MAX_RECORD_SIZE':
      return `Expected at most ${maxBytes / 1024 / 1024} MiB in a row, got more: a quote may not be closed.`;
    default:
      return `Expected CSV, got: ${error.message}.`;
  }
}
