/** Takes secrets out of bytes on their way, also where a chunk ends inside one. */
import { type Match, patternSearch } from './pattern-search.ts';
import { secretForms } from './secret-forms.ts';

export const REDACTED = '[secret]';
const REDACTED_BYTES = Buffer.from(REDACTED);

export interface Redactor {
  /** What of the output so far is sure to hold no secret, and was not given before. */
  push(chunk: Uint8Array): Buffer;
  /** The rest: the output ends here, so what might have become a secret did not. */
  end(): Buffer;
}

/**
 * Every byte that belongs to a secret is replaced, and each run of them by one `[secret]`: of two secrets that
 * overlap, nothing is left. Held back is only what may be the beginning of a secret.
 * @throws AppError `internal` where a value is too short to be one
 */
export function createRedactor(values: readonly string[]): Redactor {
  const { forms, search } = compiled(values);
  let held = Buffer.alloc(0);
  /** How many of the held bytes belong to a secret that was replaced already. */
  let covered = 0;

  /** Replaces what is found in `bytes` and gives it up to `limit`; what follows stays held. */
  const release = (bytes: Buffer, limit: number): Buffer => {
    const parts: Buffer[] = [];
    let done = covered;
    for (const { start, end } of search(bytes)) {
      // It may be a part of what begins there and is not whole yet: it is found again with that.
      if (start >= limit) break;
      // One that begins inside another belongs to its `[secret]`.
      if (start >= done) parts.push(bytes.subarray(done, start), REDACTED_BYTES);
      done = Math.max(done, end);
    }
    if (done < limit) parts.push(bytes.subarray(done, limit));
    // A copy: the chunk it came in is the caller's, and may be large.
    held = Buffer.from(bytes.subarray(limit));
    covered = Math.max(0, done - limit);
    return parts.length === 1 ? (parts[0] ?? held) : Buffer.concat(parts);
  };

  return {
    push(chunk) {
      const bytes = held.length === 0 ? asBuffer(chunk) : Buffer.concat([held, chunk]);
      return release(bytes, bytes.length - beginningLength(bytes, forms));
    },
    end: () => release(held, held.length),
  };
}

interface Compiled {
  forms: readonly Buffer[];
  search: (bytes: Buffer) => Match[];
}

/** An attempt redacts many texts with the same values. */
const known = new WeakMap<readonly string[], Compiled>();

function compiled(values: readonly string[]): Compiled {
  let found = known.get(values);
  if (found === undefined) {
    const forms = secretForms(values);
    found = { forms, search: forms.length === 0 ? () => [] : patternSearch(forms) };
    known.set(values, found);
  }
  return found;
}

/** `text` with `[secret]` for each of the `values`, and for their JSON, percent and base64 forms. */
export function redactText(text: string, values: readonly string[]): string {
  if (values.length === 0) return text;
  const redactor = createRedactor(values);
  return Buffer.concat([redactor.push(Buffer.from(text, 'utf8')), redactor.end()]).toString('utf8');
}

/** How many bytes at the end may be the beginning of a form. */
function beginningLength(bytes: Buffer, forms: readonly Buffer[]): number {
  let longest = 0;
  for (const form of forms) {
    const [first = 0] = form;
    let at = bytes.indexOf(first, Math.max(0, bytes.length - form.length + 1));
    while (at >= 0 && bytes.length - at > longest) {
      const length = bytes.length - at;
      if (bytes.compare(form, 0, length, at) === 0) longest = length;
      at = bytes.indexOf(first, at + 1);
    }
  }
  return longest;
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
