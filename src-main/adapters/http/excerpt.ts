/** What a sentence quotes of what came from outside. */
import { redactText } from '../output/output-sink.ts';

/** The beginning of a text. Secrets are taken out before it is cut: half of one would not be known for one. */
export function excerptOf(text: string, maxLength: number, secrets: readonly string[]): string {
  const safe = redactText(text, secrets);
  return safe.length <= maxLength ? safe : `${safe.slice(0, maxLength)} ...`;
}
