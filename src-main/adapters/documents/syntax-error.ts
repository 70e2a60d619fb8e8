/** Where text stops being JSON, and what was expected there. */
import { parse } from '@humanwhocodes/momoa';

/** Locating an error builds a tree: for longer text the engine's own message has to do. */
const MAX_LOCATED_LENGTH = 4 * 1024 * 1024;

export interface SyntaxProblem {
  /** Index into the text, or null where it is not known. */
  at: number | null;
  /** Begins with "Expected", has no full stop. */
  message: string;
}

/** Explains why `JSON.parse` refused `text` with `error`. */
export function explainSyntax(text: string, error: unknown): SyntaxProblem {
  const engine = error instanceof Error ? error.message : String(error);
  const at = placeOf(text, engine);
  if (at === null) return { at, message: `Expected JSON, got something else: ${engine}` };
  return { at, message: messageAt(text, at, engine) };
}

function placeOf(text: string, engine: string): number | null {
  const told = /at position (\d+)/u.exec(engine)?.[1];
  if (told !== undefined) return Number(told);
  // The one message with no position, and the one whose place is plain.
  if (/^Unexpected end of JSON input/u.test(engine)) return text.length;
  if (text.length > MAX_LOCATED_LENGTH) return null;
  try {
    parse(text);
    return null;
  } catch (error) {
    return error instanceof Error && 'offset' in error && typeof error.offset === 'number'
      ? error.offset
      : null;
  }
}

function messageAt(text: string, at: number, engine: string): string {
  const rest = text.slice(at, at + 20);
  const before = text.slice(0, at).trimEnd();
  const char = rest[0];
  if (char === undefined || (!/control character/u.test(engine) && text.slice(at).trim() === '')) {
    return 'Expected the document to go on, got its end: something is not closed';
  }
  if (/^(?:\/[/*]|#)/u.test(rest)) return 'Expected JSON, got a comment: JSON has none';
  if (/^[}\]]/u.test(rest) && before.endsWith(',')) {
    return `Expected another value after the comma, got ${quote(char)}: JSON has no trailing comma`;
  }
  if (char === '\0') return 'Expected text, got a NUL character: the file is damaged, or not in UTF-8';
  if (char < ' ') {
    return `Expected the text to end on its line, got ${CONTROLS[char] ?? 'a control character'} inside of it`;
  }
  if (char === "'") return 'Expected double quotes, got a single one';
  const word = /^-?[A-Za-z_]\w*/u.exec(rest)?.[0];
  const known = word === undefined ? undefined : WORDS[word];
  if (known !== undefined) return `Expected ${known}, got ${word}`;
  const expected = /^Expected (.+?)(?: in JSON|$)/u.exec(engine)?.[1];
  if (expected !== undefined) return `Expected ${expected.replaceAll("'", '"')}, got ${quote(word ?? char)}`;
  if (/non-whitespace character after JSON/u.test(engine)) {
    return `Expected nothing more after the document, got ${quote(word ?? char)}`;
  }
  if (/^(?:Bad|No|Untermin|Expon)/u.test(engine)) return `Expected JSON, got a ${lowered(engine)}`;
  return `Expected a value, got ${quote(word ?? char)}`;
}

const CONTROLS: Record<string, string> = { '\n': 'a line break', '\r': 'a line break', '\t': 'a tab' };
const WORDS: Record<string, string> = {
  None: 'null',
  nil: 'null',
  undefined: 'null',
  NaN: 'a number or null',
  Infinity: 'a number or null',
  '-Infinity': 'a number or null',
  True: 'true',
  False: 'false',
};

function quote(text: string): string {
  return JSON.stringify(text);
}

function lowered(message: string): string {
  const short = message.replace(/ in JSON at position.*$/u, '');
  return short.charAt(0).toLowerCase() + short.slice(1);
}
