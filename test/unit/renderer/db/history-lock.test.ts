import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withHistoryLock, withImportLock } from '../../../../src-renderer/db/history-lock.ts';
import { freshDatabase } from '../support.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ['the locks of the browser', undefined],
  ['no locks of the browser', {}],
])('the lock of a history, with %s', (_, navigator) => {
  const stub = () => navigator && vi.stubGlobal('navigator', navigator);

  it('lets one in at a time, in the order of asking', async () => {
    stub();
    const db = freshDatabase();
    const log: string[] = [];
    const visit = (name: string) =>
      withHistoryLock(db, async () => {
        log.push(`${name} in`);
        await Promise.resolve();
        log.push(`${name} out`);
        return name;
      });
    expect(await Promise.all([visit('a'), visit('b')])).toEqual(['a', 'b']);
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('is free again after a failure, which only its own caller sees', async () => {
    stub();
    const db = freshDatabase();
    const failing = withHistoryLock(db, () => Promise.reject(new Error('No.')));
    const next = withHistoryLock(db, () => Promise.resolve('in'));
    await expect(failing).rejects.toThrow('No.');
    expect(await next).toBe('in');
  });
});

it('the lock of imports is not waited for by one that is stopped meanwhile', async () => {
  const db = freshDatabase();
  const first = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const backup = withImportLock(db, () => first.promise);
  const work = vi.fn(async () => {});
  const stopped = withImportLock(db, work, stopping.signal);
  stopping.abort(new Error('Stopped.'));
  await expect(stopped).rejects.toThrow('Stopped.');
  first.resolve();
  await backup;
  expect(work).not.toHaveBeenCalled();
});
