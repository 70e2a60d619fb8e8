import { expect, test } from 'vitest';
import {
  mergeEnvironment,
  withoutInternals,
} from '../../../../src-main/adapters/process/child-environment.ts';

test("what drives Jobdeck's own runtime does not reach a child", () => {
  const base = {
    PATH: '/bin',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_CHANNEL_FD: '3',
    NODE_OPTIONS: '--no-warnings',
  };
  expect(withoutInternals(base)).toEqual({ PATH: '/bin', NODE_OPTIONS: '--no-warnings' });
});

test('a task may still set such a variable itself', () => {
  expect(mergeEnvironment(withoutInternals({}), { ELECTRON_RUN_AS_NODE: '1' })).toEqual({
    ELECTRON_RUN_AS_NODE: '1',
  });
});

test('on Windows a name replaces the one that differs in case alone, elsewhere it stands beside it', () => {
  const base = { Path: 'C:\\Windows', Other: '1' };
  expect(mergeEnvironment(base, { PATH: 'D:\\' }, 'win32')).toEqual({ PATH: 'D:\\', Other: '1' });
  expect(mergeEnvironment(base, { PATH: '/bin' }, 'linux')).toEqual({ ...base, PATH: '/bin' });
});
