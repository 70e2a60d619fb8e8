import { describe, expect, it } from 'vitest';
import { scopeOf, scopesOf } from '../../../../src-main/adapters/callback/key-scope.ts';

describe('the scope of a key', () => {
  it.each([
    ['example.org', 'example.org'],
    [' Example.ORG. ', 'example.org'],
    ['example.org:8443', 'example.org:8443'],
    ['example.org:80', 'example.org:80'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['[::1]:8080', '[::1]:8080'],
    ['127.1', '127.0.0.1'],
    ['https://example.org', 'example.org'],
    ['https://example.org:8443', 'example.org:8443'],
    ['https://example.org/', 'https://example.org/'],
    ['HTTPS://Example.org:443/Done?a=b#c', 'https://example.org/Done?a=b'],
    ['https://example.org?a=b', 'https://example.org/?a=b'],
  ])('%j is %s', (typed, scope) => {
    expect(scopeOf(typed)).toBe(scope);
  });

  it.each([
    '',
    '/done',
    'example.org/done',
    'exa mple.org',
    'ftp://example.org/',
    'example.org:99999',
    'a@b.example',
  ])('%j is none', (typed) => {
    expect(() => scopeOf(typed)).toThrow('Expected a whole URL such as');
  });

  it('with a password is refused without repeating it', () => {
    expect(() => scopeOf('https://me:hunter2@example.org/')).toThrow('without user name');
    expect(() => scopeOf('https://me:hunter2@example.org/')).not.toThrow('hunter2');
  });
});

it.each([
  ['https://example.org/a?b#c', ['https://example.org/a?b', 'example.org:443', 'example.org']],
  ['http://example.org./', ['http://example.org./', 'example.org:80', 'example.org']],
  ['http://[::1]:8080/', ['http://[::1]:8080/', '[::1]:8080', '[::1]']],
])('%s is in its own scope, then in that of its port, then of its host', (url, scopes) => {
  expect(scopesOf(new URL(url))).toEqual(scopes);
});
