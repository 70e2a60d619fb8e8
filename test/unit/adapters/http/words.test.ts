import { describe, expect, it } from 'vitest';
import { bytesInWords } from '../../../../src-main/adapters/http/byte-words.ts';
import { isExpectedStatus } from '../../../../src-main/adapters/http/expected-status.ts';
import { explainNetwork } from '../../../../src-main/adapters/http/explain-network.ts';
import { headerOf, mediaType, withDefaults } from '../../../../src-main/adapters/http/headers.ts';
import { retryAfterMs } from '../../../../src-main/adapters/http/retry-after.ts';

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1536, '1.5 KiB'],
    [64 * 1024 * 1024, '64 MiB'],
    [2 ** 52, '4096 TiB'],
  ])('of %i bytes is %s', (bytes, words) => {
    expect(bytesInWords(bytes)).toBe(words);
  });
});

describe('headers', () => {
  it('get defaults where they have none, in whatever case', () => {
    expect(withDefaults({ 'Content-Type': 'text/csv' }, { 'content-type': 'x', accept: 'y' })).toEqual({
      'Content-Type': 'text/csv',
      accept: 'y',
    });
  });

  it('that came twice are joined', () => {
    expect(headerOf({ via: ['a', 'b'] }, 'via')).toBe('a, b');
  });

  it('name a type with and without parameters', () => {
    expect(mediaType({ 'content-type': 'Text/HTML; charset=utf-8' })).toBe('text/html');
    expect(mediaType({})).toBeUndefined();
  });
});

it('a class stands for its codes and no others', () => {
  expect([100, 199, 200, 299, 300].map((status) => isExpectedStatus(status, ['2xx']))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
});

describe('Retry-After', () => {
  const NOW = Date.parse('2026-11-24T12:00:00Z');
  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': ' 1.5 ' }, 1500],
    [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:30 GMT', date: 'Tue, 24 Nov 2026 12:00:20 GMT' }, 10_000],
    [{ 'retry-after': '7', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': '7', 'retry-after-ms': 'x' }, 7000],
    [{ 'retry-after': 'whenever' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{}, undefined],
  ])('%j is %s ms', (headers, expected) => {
    expect(retryAfterMs(headers, NOW)).toBe(expected);
  });
});

describe('a network failure', () => {
  const target = new URL('https://example.test:8443/path?token=abc');
  const failure = (code: string, message = 'it failed') => Object.assign(new Error(message), { code });

  it.each([
    [
      'ECONNREFUSED',
      'network',
      'Nothing listens at example.test:8443: the connection was refused. (ECONNREFUSED)',
    ],
    ['ENOTFOUND', 'network', 'There is no host named example.test. (ENOTFOUND)'],
    ['CERT_NOT_YET_VALID', 'tls', 'is not valid yet: check the clock'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'complete its chain'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', 'an authority that is not known here'],
    [
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      'tls',
      'No secure connection to example.test:8443 could be made: it failed.',
    ],
    ['CERT_SIGNATURE_FAILURE', 'tls', 'No secure connection'],
    ['UND_ERR_INVALID_ARG', 'invalid-task', "can't be sent as it is: it failed."],
    ['EWHATEVER', 'network', 'example.test:8443 could not be reached: it failed (EWHATEVER)'],
  ])('%s has code %s and says: %s', (code, expected, words) => {
    const error = explainNetwork(failure(code), target);
    expect(error.code).toBe(expected);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('abc');
  });

  it('is told from the innermost cause, and of several addresses from the first', () => {
    const error = new TypeError('fetch failed', {
      cause: new AggregateError([failure('ECONNREFUSED'), failure('x')]),
    });
    expect(explainNetwork(error, target).message).toContain('Nothing listens');
  });

  it('in the body is another sentence than before the head', () => {
    expect(explainNetwork(failure('UND_ERR_SOCKET'), target).message).toContain('before it answered');
    expect(explainNetwork(failure('UND_ERR_SOCKET'), target, 'reading').message).toContain('in the middle');
  });
});
