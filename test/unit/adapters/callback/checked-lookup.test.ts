import type { LookupAddress, LookupOptions } from 'node:dns';
import { describe, expect, it } from 'vitest';
import {
  AddressRefused,
  checkedLookUp,
  sharedLookUp,
} from '../../../../src-main/adapters/callback/checked-lookup.ts';
import { socketLookUp } from '../../../../src-main/adapters/http/look-up.ts';

const PUBLIC = [{ address: '8.8.8.8', family: 4 }];
const LOCAL = [{ address: '127.0.0.1', family: 4 }];
const BOTH_FAMILIES = [...PUBLIC, { address: '2606:4700::1', family: 6 }];

/** A name server that gives another answer each time, to be past a check. */
function changing(...answers: LookupAddress[][]) {
  let asked = 0;
  return {
    lookUp: async () => {
      asked += 1;
      return answers[asked - 1] ?? [];
    },
    asked: () => asked,
  };
}

/** What a socket is given. */
const given = (lookUp: Parameters<typeof socketLookUp>[0], options: LookupOptions = { all: true }) =>
  new Promise((resolve, reject) => {
    socketLookUp(lookUp)('a.test', options, (error, address, family) =>
      error ? reject(error) : resolve(options.all ? address : [address, family]),
    );
  });

describe('what a socket connects to', () => {
  it('is the very answer that was checked: nobody is asked a second time', async () => {
    const server = changing(PUBLIC, LOCAL);
    expect(await given(checkedLookUp(server.lookUp, false))).toEqual(PUBLIC);
    expect(server.asked()).toBe(1);
  });

  it('is checked again with the next connection', async () => {
    const server = changing(PUBLIC, LOCAL);
    const checked = checkedLookUp(server.lookUp, false);
    await given(checked);
    await expect(given(checked)).rejects.toMatchObject({ verdict: 'local', address: '127.0.0.1' });
  });

  it('is none of the addresses where one of them is bad', async () => {
    const checked = checkedLookUp(async () => [...PUBLIC, ...LOCAL], false);
    await expect(given(checked)).rejects.toBeInstanceOf(AddressRefused);
  });

  it('is one address where a socket wants one, of the family that it wants', async () => {
    const checked = checkedLookUp(async () => BOTH_FAMILIES, false);
    expect(await given(checked, {})).toEqual(['8.8.8.8', 4]);
    expect(await given(checked, { family: 6 })).toEqual(['2606:4700::1', 6]);
    expect(await given(checked, { all: true, family: 4 })).toEqual(PUBLIC);
    await expect(
      given(
        checkedLookUp(async () => PUBLIC, false),
        { family: 6 },
      ),
    ).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});

describe('a look-up that is shared', () => {
  it('is made anew once it has come to its end, good or bad', async () => {
    const server = changing(PUBLIC, LOCAL);
    const shared = sharedLookUp(server.lookUp);
    const both = await Promise.all([shared('a.test'), shared('a.test')]);
    expect(both).toEqual([PUBLIC, PUBLIC]);
    expect(await shared('a.test')).toEqual(LOCAL);
    const failing = sharedLookUp(() => Promise.reject(new Error('no answer')));
    await expect(failing('a.test')).rejects.toThrow('no answer');
    await expect(failing('a.test')).rejects.toThrow('no answer');
  });
});
