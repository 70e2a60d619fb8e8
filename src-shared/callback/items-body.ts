/** What is posted to the callback of a batch while it runs: items that ended, several in one message. Pure. */
import type { BatchJob } from '../job/batch-job.ts';
import type { ItemRecord } from '../job/items.ts';
import { byteLength } from './byte-length.ts';
import { idOf } from './callback-body.ts';
import { MAX_BODY_BYTES } from './delivery.ts';
import { jsonBytes } from './left-out.ts';

/** A longer item leaves out its texts, so that a message tells of several. */
const MAX_ITEM_BYTES = 4000;
const MAX_MESSAGE_LENGTH = 300;

/**
 * The text that is sent, at most `MAX_BODY_BYTES` of UTF-8, and of how many of the items it tells: as many as fit,
 * at least one. An item that lacks something because it is too large says so in `truncated`.
 * @param items one or more
 * @param now when it is told, RFC 3339
 */
export function itemsBody(
  job: BatchJob,
  items: readonly ItemRecord[],
  now: string,
): { body: string; count: number } {
  const head = JSON.stringify({ type: 'batch.items', timestamp: now, ...idOf(job) });
  const parts: string[] = [];
  let bytes = byteLength(head) + ',"items":[]'.length;
  for (const item of items) {
    const text = JSON.stringify(entryOf(item));
    bytes += byteLength(text) + 1;
    if (bytes > MAX_BODY_BYTES && parts.length > 0) break;
    parts.push(text);
  }
  return { body: `${head.slice(0, -1)},"items":[${parts.join(',')}]}`, count: parts.length };
}

/** At most `MAX_ITEM_BYTES`; its value is left out: the index names it. */
function entryOf({ index, status, attempts, duration_ns, ttft_ns, result, error }: ItemRecord): object {
  const head = { index, status, attempts, duration_ns, ttft_ns };
  const whole = { ...head, result, error };
  if (jsonBytes(whole) <= MAX_ITEM_BYTES) return whole;
  const shortError =
    error === null ? null : { code: error.code, message: error.message.slice(0, MAX_MESSAGE_LENGTH) };
  const { body: _, text: __, stdout: ___, stderr: ____, ...facts } = result ?? {};
  const reduced = {
    ...head,
    result: result && facts,
    error: shortError,
    truncated: { bytes: jsonBytes(whole) },
  };
  return jsonBytes(reduced) <= MAX_ITEM_BYTES ? reduced : { ...reduced, result: null };
}
