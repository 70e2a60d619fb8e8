/** What a record keeps of the head of an answer. */
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import { headerOf } from './headers.ts';
import type { HttpAnswer } from './http-client.ts';

export function factsOf({ status, headers }: Pick<HttpAnswer, 'status' | 'headers'>): JobResult {
  const contentType = headerOf(headers, 'content-type');
  const requestId = headerOf(headers, 'x-request-id') ?? headerOf(headers, 'request-id');
  return {
    status_code: status,
    ...(contentType !== undefined && { content_type: contentType }),
    ...(requestId !== undefined && { request_id: requestId }),
  };
}
