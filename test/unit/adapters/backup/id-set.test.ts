import { expect, it } from 'vitest';
import { createIdSet } from '../../../../src-main/adapters/backup/id-set.ts';
import { Random } from '../../../fakes/random.ts';

it('has each id that was added, through all of its growing, and no other', () => {
  const random = new Random(3);
  const ids = Array.from({ length: 20_000 }, () => `job-${random.uuid()}`);
  const set = createIdSet();
  for (const id of ids.slice(0, 10_000)) set.add(id);
  for (const id of ids.slice(0, 5000)) set.add(id);
  expect(ids.filter((id) => set.has(id))).toEqual(ids.slice(0, 10_000));
});

it('has nothing at first', () => {
  expect(createIdSet().has('')).toBe(false);
});
