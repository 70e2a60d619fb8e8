import { describe, expect, test } from 'vitest';
import {
  parseHelperReport,
  parseHelperRequest,
  type SpawnRequest,
} from '../../../../src-main/adapters/process/helper-messages.ts';

const request: SpawnRequest = {
  type: 'spawn',
  id: 1,
  file: 'tool',
  args: ['a'],
  verbatimArguments: false,
  cwd: '/',
  env: { A: '1' },
  stdoutPath: '/o',
  stderrPath: '/e',
  stdinPath: null,
  notePath: null,
  marker: 'm',
  killGraceMs: 0,
  redact: ['secret'],
  maxOutputBytes: null,
};

describe('a request', () => {
  test('that is whole is taken as it is', () => {
    expect(parseHelperRequest(request)).toEqual(request);
    expect(parseHelperRequest({ type: 'close' })).toEqual({ type: 'close' });
  });

  test.each(Object.keys(request))('to spawn without %s is refused', (key) => {
    expect(() => parseHelperRequest({ ...request, [key]: undefined })).toThrow('Expected a known request to');
  });

  test.each([
    null,
    'spawn',
    [],
    { type: 'exec' },
    { ...request, args: [1] },
    { ...request, env: { A: 1 } },
    { ...request, killGraceMs: -1 },
    { ...request, redact: [1] },
    { ...request, maxOutputBytes: 1.5 },
  ])('such as %j is refused', (value) => {
    expect(() => parseHelperRequest(value)).toThrow('Expected a known request to');
  });
});

test('that is no request is refused without showing its values', () => {
  const refusal = () => parseHelperRequest({ ...request, env: { TOKEN: 'hush' }, args: ['hush'], cwd: 1 });
  expect(refusal).toThrow('got {"type":"spawn"}');
});

const written = { bytes: 5, cutBytes: 0 };

describe('a report', () => {
  test.each([
    { type: 'ready' },
    { type: 'started', id: 1, pid: 2 },
    { type: 'firstByte', id: 1, ttftNs: 5 },
    { type: 'exited', id: 1, code: 0, signal: null, durationNs: 5 },
    { type: 'exited', id: 1, code: null, signal: 'SIGTERM', durationNs: 5 },
    { type: 'drained', id: 1, stdout: written, stderr: written, failure: null },
    { type: 'drained', id: 1, stdout: written, stderr: written, failure: { errno: 'ENOSPC', message: 'm' } },
    { type: 'failed', id: 1, stage: 'spawn', errno: 'ENOENT', message: 'm' },
  ])('such as %j is taken', (value) => {
    expect(parseHelperReport(value)).toEqual(value);
  });

  test.each([
    undefined,
    {},
    { type: 'started', id: 1 },
    { type: 'exited', id: 1, code: '0', signal: null, durationNs: 5 },
    { type: 'drained', id: 1, stdout: written, stderr: { bytes: 1 }, failure: null },
    { type: 'drained', id: 1, stdout: written, stderr: written, failure: { errno: 'ENOSPC' } },
    { type: 'failed', id: 1, stage: 'other', errno: '', message: '' },
  ])('such as %j is refused', (value) => {
    expect(() => parseHelperReport(value)).toThrow('Expected a known report of');
  });
});
