/** From a document's bytes to its value, or to what keeps it from having one. */
import type { DocumentProblem, DocumentRepair } from '#shared/contract/documents.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import type { DocumentBytes } from './document-bytes.ts';
import type { RawDocument } from './document-splitter.ts';
import { jsonFacts } from './json-facts.ts';
import { explainSyntax } from './syntax-error.ts';

export interface ParsedDocument {
  index: number;
  line: number;
  encoding: DocumentBytes['encoding'];
  /** Undefined where the bytes are no JSON. */
  value: unknown;
  problems: DocumentProblem[];
  /** How odd numbers were read. */
  repairs: DocumentRepair[];
  /** Whether its text may hold NUL characters or halves of surrogate pairs, which stand in JSON as escapes alone. */
  hasOddText: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How the text was written that a document was found in. */
export type TextForm = Pick<DocumentBytes, 'encoding' | 'isPacked'>;

const PLAIN: TextForm = { encoding: 'utf-8', isPacked: false };

/** Never throws: whatever is wrong with the document is among its problems. */
export function parseDocument(raw: RawDocument, form: TextForm = PLAIN): ParsedDocument {
  const { index, start, trouble } = raw;
  const { encoding } = form;
  const found = {
    ...{ index, line: start.line, encoding, value: undefined },
    ...{ problems: [], repairs: [], hasOddText: false },
  };
  if (trouble !== null) return { ...found, problems: [{ path: '', message: `${trouble} ${placed(raw)}` }] };
  let text: string;
  try {
    text = utf8.decode(raw.bytes);
  } catch {
    return { ...found, problems: [{ path: '', message: notText(raw, form) }] };
  }
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const { at, message } = explainSyntax(text, error);
    const where = at === null ? placed(raw) : placed(raw, text.slice(0, at));
    return { ...found, problems: [{ path: '', message: `${message}. ${where}` }] };
  }
  const survey: Survey = { properties: 0, isOdd: raw.mayHoldOddNumbers };
  look(value, survey);
  const hasOddText = text.includes('\\u') && /\\u(?:0000|[dD][89a-fA-F])/u.test(text);
  if (!survey.isOdd && survey.properties === raw.colons) return { ...found, value, hasOddText };
  return { ...found, value, hasOddText, ...jsonFacts(text) };
}

function placed(raw: RawDocument, before = ''): string {
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  const column =
    lines.length === 1 ? raw.start.offset - raw.start.lineStart + last.length + 1 : last.length + 1;
  return `(line ${raw.start.line + lines.length - 1}, column ${column})`;
}

/**
 * Names the first byte that is not UTF-8: the first that decoding and encoding again does not give back. Bytes count from the
 * beginning of the file, or of what it unpacks to; in a file of UTF-16, which was transcoded, line and column have to do.
 */
function notText(raw: RawDocument, { encoding, isPacked }: TextForm): string {
  const { bytes, start } = raw;
  const again = Buffer.from(decoded(bytes), 'utf8');
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at++;
  const place = placed(raw, decoded(bytes.subarray(0, at)));
  const isHalf = bytes[at] === 0xed && (bytes[at + 1] ?? 0) >= 0xa0;
  if (encoding !== 'utf-8') {
    const got = isHalf ? 'half of a surrogate pair' : 'half of a character at its end';
    return `Expected whole characters of UTF-16, got ${got}. ${place}`;
  }
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  const got = isHalf ? 'half of a surrogate pair' : `the byte 0x${byte} that does not belong there`;
  const whole = isPacked ? 'what the file unpacks to' : 'the file';
  return `Expected UTF-8, got ${got}. ${place.slice(0, -1)}, byte ${start.offset + at} of ${whole})`;
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** What tells a document that is as it seems from one whose text has to be read once more. */
interface Survey {
  /** How many properties all objects have together: fewer than colons where a name was there twice. */
  properties: number;
  isOdd: boolean;
}

/** Recursive: the splitter has refused what is too deep. */
function look(value: unknown, survey: Survey): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      survey.isOdd = true;
  } else if (Array.isArray(value)) {
    for (const item of value) look(item, survey);
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      survey.properties++;
      if (name === '__proto__' || name === 'constructor') survey.isOdd = true;
      look((value as Record<string, unknown>)[name], survey);
    }
  }
}
