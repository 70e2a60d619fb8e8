import { describe, expect, it } from 'vitest';
import { callbackTargetOf } from '../../../../src-main/adapters/callback/callback-target.ts';
import { HOSTILE_URLS } from './hostile-urls.ts';

describe('a callback URL', () => {
  it.each(HOSTILE_URLS)('%j is %s', (url, expected) => {
    const target = callbackTargetOf(url);
    expect(typeof target === 'string' ? 'refused' : (target.verdict ?? 'name')).toBe(expected);
  });

  it('with a password is refused without repeating it', () => {
    const why = callbackTargetOf('http://me:hunter2@example.org/');
    expect(why).toContain('no user name and no password');
    expect(why).not.toContain('hunter2');
  });

  it.each([
    ['http://2852039166/', '169.254.169.254 is an address'],
    ['http://metadata.goog/', 'metadata.goog tells'],
    ['http://example.org:6667/', 'Port 6667'],
    ['ftp://example.org/', 'http:// or https://'],
    ['/done', 'an absolute URL'],
  ])('%s is refused in a sentence that says what it leads to', (url, words) => {
    expect(callbackTargetOf(url)).toContain(words);
  });
});
