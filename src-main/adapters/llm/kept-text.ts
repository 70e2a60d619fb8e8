/** What a record keeps of a model's answer. */
import { redactText } from '../output/output-sink.ts';

/** A longer answer is cut in the record; all of it is in the output file. Characters. */
export const MAX_TEXT_LENGTH = 65_536;

/** More than a record keeps, so that a secret that lies across the cut is seen whole. */
const COLLECTED_LENGTH = MAX_TEXT_LENGTH + 16_384;

export interface KeptText {
  add(text: string): void;
  /** The text with secrets taken out, cut to what a record keeps with a line that says so. */
  text(redact: readonly string[]): string;
}

export function createKeptText(): KeptText {
  const parts: string[] = [];
  let collected = 0;
  let length = 0;
  return {
    add(text) {
      length += text.length;
      if (collected >= COLLECTED_LENGTH) return;
      parts.push(text);
      collected += text.length;
    },
    text(redact) {
      const whole = parts.join('');
      const safe = redact.length === 0 ? whole : redactText(whole, redact);
      if (length <= MAX_TEXT_LENGTH) return safe;
      // Not between the halves of a character.
      const end = /[\uD800-\uDBFF]$/.test(safe.slice(0, MAX_TEXT_LENGTH))
        ? MAX_TEXT_LENGTH - 1
        : MAX_TEXT_LENGTH;
      return `${safe.slice(0, end)}\n[... ${length - end} characters left out: the output file has them ...]`;
    },
  };
}
