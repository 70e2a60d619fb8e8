import { expect, it } from 'vitest';
import { RECEIVED_KEPT, type ReceivedCallback } from '#shared/contract/callbacks.ts';
import { createReceivedLog } from '../../../../src-main/adapters/receiver/received-log.ts';

const arrived = (webhookId: string | null) =>
  ({ webhookId, body: '' }) as Omit<ReceivedCallback, 'number' | 'isRepeat'>;

it('keeps the newest, newest first, and counts all', () => {
  const log = createReceivedLog();
  for (let index = 0; index < RECEIVED_KEPT + 50; index += 1) log.add(arrived(null));
  expect(log.count()).toBe(RECEIVED_KEPT + 50);
  expect(log.list().map(({ number }) => number)).toEqual(
    Array.from({ length: RECEIVED_KEPT }, (_, index) => RECEIVED_KEPT + 50 - index),
  );
});

it('knows an id again long after its request is kept no more', () => {
  const log = createReceivedLog();
  expect(log.add(arrived('msg_1')).isRepeat).toBe(false);
  for (let index = 0; index < RECEIVED_KEPT * 10; index += 1) log.add(arrived(`other ${index}`));
  expect(log.add(arrived('msg_1')).isRepeat).toBe(true);
  expect(log.add(arrived('msg_2')).isRepeat).toBe(false);
});

it('takes no two requests without an id for the same', () => {
  const log = createReceivedLog();
  expect([log.add(arrived(null)), log.add(arrived(null))].map(({ isRepeat }) => isRepeat)).toEqual([
    false,
    false,
  ]);
});
