/** What a server answered, for sentences. */
import { STATUS_CODES } from 'node:http';
import type { HttpAnswer } from './http-client.ts';

/** "example.org answered 404 Not Found" */
export function statusInWords({
  url,
  status,
  reason,
}: Pick<HttpAnswer, 'url' | 'status' | 'reason'>): string {
  return `${url.host} answered ${status} ${reason || (STATUS_CODES[status] ?? '')}`.trimEnd();
}
