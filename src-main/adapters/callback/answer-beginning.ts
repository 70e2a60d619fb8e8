/** What is kept of an answer's body: its beginning, as text that is safe to show. */
import { MAX_ANSWER_KEPT_BYTES, MAX_ANSWER_READ_BYTES } from '#shared/callback/delivery.ts';
import { type Headers, headerOf } from '../http/headers.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { cutEnd } from '../output/utf8-cut.ts';

/**
 * Reads an answer and gives the beginning of it; null where it has no body. A short one is read to its end, so that
 * its connection can be used again; of one without end no more than `MAX_ANSWER_READ_BYTES` is taken before the
 * connection is closed. Never rejects: a body that breaks off, hangs or comes too slowly changes nothing of what the
 * head said.
 */
export async function answerBeginning({ body, headers, end }: HttpAnswer): Promise<string | null> {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let readBytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      readBytes += chunk.length;
      if (keptBytes < MAX_ANSWER_KEPT_BYTES) {
        kept.push(chunk.subarray(0, MAX_ANSWER_KEPT_BYTES - keptBytes));
        keptBytes += chunk.length;
      }
      if (readBytes >= MAX_ANSWER_READ_BYTES) break;
    }
  } catch {
    // Told above: what had come by then is what there is.
  } finally {
    body.destroy();
    end();
  }
  if (readBytes === 0) return null;
  return encodingNote(headers) ?? shownText(Buffer.concat(kept));
}

/** What was asked for is the text itself; what comes compressed all the same is not worth a bomb. */
function encodingNote(headers: Headers): string | null {
  const encoding = headerOf(headers, 'content-encoding')?.trim() ?? '';
  if (encoding === '' || encoding.toLowerCase() === 'identity') return null;
  return `(Not shown: the answer is encoded as ${shownText(Buffer.from(encoding.slice(0, 40)))}.)`;
}

/**
 * Text of at most `MAX_ANSWER_KEPT_BYTES`: what is not UTF-8, and what a terminal or a page would obey (controls, and
 * changes of direction), is a replacement character each.
 */
export function shownText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(cutEnd(bytes)).replace(OBEYED, '\uFFFD');
  const again = Buffer.from(text);
  // A replacement character is three bytes where what it replaces was one.
  if (again.length <= MAX_ANSWER_KEPT_BYTES) return text;
  return Buffer.from(cutEnd(again.subarray(0, MAX_ANSWER_KEPT_BYTES))).toString('utf8');
}

const OBEYED = /(?![\t\n\r])[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
