import { describe, expect, it } from 'vitest';
import {
  createGroupCommit,
  MAX_BYTES_PER_COMMIT,
  MAX_ROWS_PER_COMMIT,
} from '../../../../src-main/adapters/journal/group-commit.ts';

/** A group commit whose transactions note what was written in each. */
function openCommits() {
  const groups: string[][] = [];
  let refusal: Error | null = null;
  let current: string[] = [];
  const commits = createGroupCommit((action) => {
    current = [];
    action();
    if (refusal !== null) throw refusal;
    groups.push(current);
  });
  return {
    groups,
    commits,
    refuseWith(error: Error | null) {
      refusal = error;
    },
    write(name: string, cost: { sizeBytes?: number; rows?: number } = {}) {
      const apply = () => {
        current.push(name);
        return name;
      };
      return commits.add({ apply, sizeBytes: 1, ...cost });
    },
  };
}

describe('writes that arrive together', () => {
  it('share one commit in the order of their arrival, and each has its own answer', async () => {
    const { groups, write } = openCommits();
    expect(await Promise.all([write('a'), write('b'), write('c')])).toEqual(['a', 'b', 'c']);
    await write('d');
    expect(groups).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it.each([
    ['rows', { rows: MAX_ROWS_PER_COMMIT / 2 }],
    ['bytes', { sizeBytes: MAX_BYTES_PER_COMMIT / 2 }],
  ])('are split where they come to too many %s', async (_, cost) => {
    const { groups, write } = openCommits();
    await Promise.all([write('a', cost), write('b', cost), write('c', cost)]);
    expect(groups).toEqual([['a', 'b'], ['c']]);
  });

  it('of which one alone is too large still are committed, that one by itself', async () => {
    const { groups, write } = openCommits();
    const huge = { sizeBytes: 10 * MAX_BYTES_PER_COMMIT };
    await Promise.all([write('a', huge), write('b', huge)]);
    expect(groups).toEqual([['a'], ['b']]);
  });

  it('are all refused where their commit fails, and later ones are not', async () => {
    const { groups, write, refuseWith } = openCommits();
    refuseWith(new Error('full'));
    const refused = await Promise.allSettled([write('a'), write('b')]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    refuseWith(null);
    expect(await write('c')).toBe('c');
    expect(groups).toEqual([['c']]);
  });

  it('are known to be durable before any of their promises resolves', async () => {
    const { commits } = openCommits();
    const order: string[] = [];
    const write = (name: string) =>
      commits
        .add({ apply: () => name, committed: (result) => order.push(`${result} is durable`), sizeBytes: 1 })
        .then((result) => order.push(`${result} resolved`));
    await Promise.all([write('a'), write('b')]);
    expect(order).toEqual(['a is durable', 'b is durable', 'a resolved', 'b resolved']);
  });

  it('are committed at once when it is flushed', () => {
    const { groups, commits, write } = openCommits();
    for (const name of ['a', 'b']) void write(name);
    commits.flush();
    expect(groups).toEqual([['a', 'b']]);
  });
});
