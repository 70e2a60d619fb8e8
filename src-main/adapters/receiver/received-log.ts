/** What a receiver keeps of the requests that arrived: the newest, and the ids that were there before. */
import { createHash } from 'node:crypto';
import { RECEIVED_KEPT, type ReceivedCallback } from '#shared/contract/callbacks.ts';

export interface ReceivedLog {
  /** Numbers it and keeps it. */
  add(received: Omit<ReceivedCallback, 'number' | 'isRepeat'>): ReceivedCallback;
  /** Newest first. */
  list(): ReceivedCallback[];
  count(): number;
}

/** A retry comes within days of the first attempt, and by then far fewer others have come. */
const IDS_KEPT = 10_000;

export function createReceivedLog(): ReceivedLog {
  const kept: ReceivedCallback[] = [];
  // Of hashes: an id may be as long as a header.
  const ids = new Set<string>();
  let count = 0;

  /** True where it was seen before. */
  function note(id: string): boolean {
    const hash = createHash('sha256').update(id).digest('base64');
    const isKnown = ids.delete(hash);
    ids.add(hash);
    const [oldest = ''] = ids;
    if (ids.size > IDS_KEPT) ids.delete(oldest);
    return isKnown;
  }

  return {
    add(received) {
      count += 1;
      const isRepeat = received.webhookId !== null && note(received.webhookId);
      const whole = { ...received, number: count, isRepeat };
      kept.unshift(whole);
      kept.length = Math.min(kept.length, RECEIVED_KEPT);
      return whole;
    },
    list: () => [...kept],
    count: () => count,
  };
}
