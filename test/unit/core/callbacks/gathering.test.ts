import { describe, expect, it } from 'vitest';
import { createGathering, MAX_GATHER_MS } from '../../../../src-main/core/callbacks/gathering.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { settled } from '../../../fakes/settled.ts';

/** Some arrive while so many others are still on their way; gives how many of them are to be written. */
function arriveAll(going: number) {
  const clock = createFakeClock();
  const gathering = createGathering(clock, () => going);
  let written = 0;
  return {
    clock,
    gathering,
    async arrive(count: number) {
      for (let each = 0; each < count; each += 1) void gathering.arrive().then(() => (written += 1));
      await settled();
      return written;
    },
    async written() {
      await settled();
      return written;
    },
  };
}

describe('what attempts came to', () => {
  it('is written at once where none is on its way any more', async () => {
    expect(await arriveAll(0).arrive(1)).toBe(1);
  });

  it('is written at once where few are on their way', async () => {
    expect(await arriveAll(3).arrive(1)).toBe(1);
  });

  it('waits for others while many are on their way, and is written with them', async () => {
    const { arrive } = arriveAll(4);
    expect(await arrive(15)).toBe(0);
    expect(await arrive(1)).toBe(16);
    expect(await arrive(1)).toBe(16);
  });

  it('waits no longer than it may, however long the others take', async () => {
    const { arrive, clock, written } = arriveAll(30);
    await arrive(3);
    clock.advance(MAX_GATHER_MS - 1);
    expect(await written()).toBe(0);
    clock.advance(1);
    expect(await written()).toBe(3);
  });

  it('is written when it is asked for, as at the end', async () => {
    const { arrive, gathering, written } = arriveAll(30);
    await arrive(3);
    gathering.release();
    expect(await written()).toBe(3);
  });
});
