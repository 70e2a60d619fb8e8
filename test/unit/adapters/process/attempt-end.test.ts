import { expect, test } from 'vitest';
import {
  survivorsInWords,
  verdictOfExit,
  verdictOfTimeout,
} from '../../../../src-main/adapters/process/attempt-end.ts';
import { durationInWords } from '../../../../src-main/adapters/process/duration-words.ts';

test('only exit code 0 without a signal is a completion', () => {
  expect(verdictOfExit(0, null)).toEqual({ outcome: 'completed' });
  expect(verdictOfExit(255, null).error).toEqual({
    code: 'exit-code',
    message: 'The program ended with exit code 255.',
  });
  expect(verdictOfExit(null, 'SIGSEGV').error?.code).toBe('signal');
});

test('whom a time limit could not end is named', () => {
  const { error } = verdictOfTimeout(60_000, [{ pid: 7, name: 'sudo' }]);
  expect(error?.message).toBe(
    'The program ran longer than its limit of 1 minute and was ended. Process 7 (sudo) could not be ended and is still there.',
  );
});

test('no survivors are no sentence, several are one', () => {
  expect(survivorsInWords([])).toBeNull();
  expect(
    survivorsInWords([
      { pid: 7, name: 'a' },
      { pid: 8, name: 'b' },
    ]),
  ).toBe('Processes 7 (a), 8 (b) could not be ended and are still there.');
});

test.each([
  [1, '1 millisecond'],
  [60_000, '1 minute'],
  [90_000, '1 minute and 30 seconds'],
  [90_061_001, '1 day, 1 hour, 1 minute, 1 second and 1 millisecond'],
  [0, '0 milliseconds'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(durationInWords(milliseconds)).toBe(words);
});
