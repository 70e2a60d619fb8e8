import { describe, expect, test } from 'vitest';
import type { ProcessEntry } from '../../../../src-main/adapters/process/process-list.ts';
import { membersIn } from '../../../../src-main/adapters/process/process-tree.ts';

const OWN = 500;
const entry = (pid: number, parentPid: number, rest: Partial<ProcessEntry> = {}): ProcessEntry => ({
  pid,
  parentPid,
  groupId: pid,
  sessionId: pid,
  name: `p${pid}`,
  startMark: `s${pid}`,
  marker: null,
  ...rest,
});
const pids = (all: ProcessEntry[], pid: number | null, seen: string[] = []) =>
  membersIn(all, { pid, marker: 'mine' }, new Set(seen), OWN).map((member) => member.pid);

const system = [entry(1, 0), entry(400, 1), entry(OWN, 400), entry(600, 1)];

describe('a tree holds', () => {
  test.each([
    ['the process that was started', entry(50, OWN)],
    ['its group', entry(51, 1, { groupId: 50 })],
    ['its session', entry(52, 1, { sessionId: 50 })],
    ['who carries its marker', entry(53, 1, { marker: 'mine' })],
  ])('%s', (_what, member) => {
    expect(pids([...system, member], 50)).toEqual([member.pid]);
  });

  test('the descendants of all of these, wherever they went', () => {
    const all = [...system, entry(50, OWN), entry(70, 50), entry(71, 70), entry(80, 1)];
    expect(pids(all, 50)).toEqual([50, 70, 71]);
  });

  test('whom it has held before, though nothing shows it any more', () => {
    expect(pids([...system, entry(70, 1)], 50, ['70:s70'])).toEqual([70]);
  });
});

describe('a tree does not hold', () => {
  test('another process that was given the pid of a former member', () => {
    expect(pids([...system, entry(70, 1, { startMark: 'later' })], 50, ['70:s70'])).toEqual([]);
  });

  test('who carries the marker of another attempt', () => {
    expect(pids([...system, entry(70, 1, { marker: 'other' })], null)).toEqual([]);
  });

  test('the process that asks, its ancestors and init, whatever they carry', () => {
    const all = system.map((one) => ({ ...one, marker: 'mine' }));
    expect(pids(all, 1)).toEqual([600]);
  });

  test('anyone where parents form a loop, as a list made over time may show them', () => {
    expect(pids([...system, entry(70, 71), entry(71, 70)], 50)).toEqual([]);
  });
});
