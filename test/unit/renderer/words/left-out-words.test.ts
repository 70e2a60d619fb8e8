import { expect, it } from 'vitest';
import { callbackBody } from '#shared/callback/callback-body.ts';
import { leftOutOf } from '../../../../src-renderer/words/left-out-words.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';

it('a body that lacks nothing has nothing said of it', () => {
  expect(leftOutOf(callbackBody(sampleJobIn('completed', 0)))).toBeNull();
  expect(leftOutOf('<html>')).toBeNull();
  expect(leftOutOf('{"truncated": true}')).toBeNull();
  expect(leftOutOf('null')).toBeNull();
});

it('each part that gave way is named, with what it held', () => {
  const job = sampleJobIn('completed', 0, {
    items: { values: Array.from({ length: 3000 }, (_, index) => ({ path: `photo-${index}.jpg` })) },
  });
  const leftOut = leftOutOf(callbackBody(job));
  expect(leftOut?.sentence).toMatch(/^The whole would have \d+ KB/u);
  expect(leftOut?.parts[0]).toMatch(/^\/metadata\/jobdeck\/items\/values: 3,000 entries, \d+ KB$/u);
});
