/** Why a POST did not deliver, in a sentence. */
import { excerptOf } from '../http/excerpt.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { redirectOf } from '../http/redirects.ts';
import { statusInWords } from '../http/status-words.ts';
import { shownText } from './answer-beginning.ts';
import type { AddressRefused } from './checked-lookup.ts';

/** Of words that the other side chose. */
const MAX_QUOTED_LENGTH = 300;

/** Null where the answer says that it was delivered. */
export function explainAnswer(
  answer: Pick<HttpAnswer, 'url' | 'status' | 'reason' | 'headers'>,
): string | null {
  if (answer.status >= 200 && answer.status <= 299) return null;
  const said = quoted(statusInWords(answer));
  const location = redirectOf(answer);
  return location === undefined
    ? `${said}.`
    : `${said} and redirects to ${quoted(location)}: callbacks follow no redirect, so use that address.`;
}

export function explainLimit(reached: 'time' | 'broken-off', { host }: URL, timeoutMs: number): string {
  return reached === 'time'
    ? `${host} gave no answer within ${timeoutMs / 1000} s.`
    : 'The callback was broken off before an answer came.';
}

/** @param address or a name that stands for one */
export function explainLocal({ origin }: URL, address: string): string {
  return `${origin} leads to ${address}, which is this machine or in its network: nothing is sent there before you allow it.`;
}

export function explainRefused({ host }: URL, { address }: AddressRefused): string {
  return `${host} leads to ${address}, an address that no callback may go to: nothing was sent.`;
}

const quoted = (text: string) => excerptOf(shownText(Buffer.from(text)), MAX_QUOTED_LENGTH, []);
