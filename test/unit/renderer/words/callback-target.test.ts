import { describe, expect, it } from 'vitest';
import {
  callbackUrlProblem,
  localOriginsOf,
  localPlaceOf,
} from '../../../../src-renderer/words/callback-target.ts';

describe('a callback URL', () => {
  it.each([
    'https://example.org/done',
    'http://127.0.0.1:8080',
    ' https://example.org ',
    'HTTPS://EXAMPLE.ORG/?a=1#b',
  ])('%s can be one', (url) => expect(callbackUrlProblem(url)).toBeNull());

  it.each([
    ['example.org/done', /whole address/u],
    ['https://', /whole address/u],
    ['', /whole address/u],
    ['ftp://example.org', /not by ftp/u],
    ['javascript:alert(1)', /whole address/u],
    ['file:///etc/passwd', /whole address/u],
    ['https://me@example.org/', /user name/u],
    ['https://me:secret@example.org/', /user name/u],
  ])('%s can not be one, and it is said why', (url, problem) =>
    expect(callbackUrlProblem(url)).toMatch(problem),
  );

  it('that holds a password is not repeated in what is said of it', () =>
    expect(callbackUrlProblem('https://me:secret@example.org/')).not.toContain('secret'));
});

describe('where it leads', () => {
  it.each([
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'http://hooks.localhost:3000/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://LOCALHOST./',
  ])('%s is this computer, however it is written', (url) => expect(localPlaceOf(url)).toBe('this-computer'));

  it.each([
    'http://192.168.1.20/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://100.64.0.1/',
    'http://[fd12:3456::1]/',
    'http://nas/',
    'http://printer.local/',
    'http://build.internal:8080/',
  ])('%s is in the network', (url) => expect(localPlaceOf(url)).toBe('network'));

  it.each(['https://example.org/', 'http://8.8.8.8/', 'http://[2606:4700::1111]/', 'not a URL'])(
    '%s is neither',
    (url) => expect(localPlaceOf(url)).toBeNull(),
  );

  it('gives each local origin once, for what is approved', () => {
    const urls = ['http://nas/a', 'http://nas/b', null, 'https://example.org/', 'http://[::1]:8080/'];
    expect(localOriginsOf(urls)).toEqual(['http://nas', 'http://[::1]:8080']);
  });
});
