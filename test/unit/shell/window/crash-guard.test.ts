import { expect, it } from 'vitest';
import { crashGuard } from '../../../../src-main/shell/window/crash-guard.ts';

it('reloads after a crash, asks after a second one within ten seconds, and reloads again later', () => {
  let nowMs = 1_000_000;
  const decide = crashGuard(() => nowMs);
  expect(decide()).toBe('reload');
  nowMs += 9999;
  expect(decide()).toBe('ask');
  nowMs += 10_000;
  expect(decide()).toBe('reload');
});
