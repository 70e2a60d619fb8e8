import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlLine, quotedForShell } from '../../../../src-renderer/words/curl-line.ts';

/** What a shell makes of the line: the arguments that curl would get. */
function argumentsIn(line: string): string[] {
  const script = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n${line}\n`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

const HOSTILE = [
  "it's",
  "'; touch /tmp/never; '",
  '$(touch /tmp/never) `id` $HOME \\ "quoted"',
  'two\nlines\ttab',
  'Ünïcode 日本語 🎞️',
  '!history *glob? [a-z] {a,b} ~ # comment',
  "'\\''",
  '',
];

describe('quoting for a shell', () => {
  it.each(HOSTILE)('gives %j back as one word, unchanged', (text) =>
    expect(argumentsIn(`curl ${quotedForShell(text)}`)).toEqual([text]),
  );
});

describe('a callback as a curl line', () => {
  const preview = {
    url: 'https://example.org/done?a=[1]&b={2}',
    headers: { 'content-type': 'application/json', 'webhook-signature': "v1,a' b", 'x-empty': '' },
    body: JSON.stringify({ note: HOSTILE.join(' ') }),
  };

  it('sends the same bytes with the same headers', () => {
    expect(argumentsIn(curlLine(preview))).toEqual([
      '--globoff',
      preview.url,
      '-H',
      'content-type: application/json',
      '-H',
      "webhook-signature: v1,a' b",
      '-H',
      'x-empty;',
      '--data-binary',
      preview.body,
    ]);
  });

  it('leaves to curl what curl works out itself', () => {
    const headers = { 'Content-Length': '3', Host: 'example.org', 'webhook-id': 'msg_1' };
    expect(curlLine({ ...preview, headers })).not.toMatch(/content-length|host:/iu);
  });

  it('reads no file where the body begins as the name of one would', () => {
    expect(argumentsIn(curlLine({ ...preview, body: '@/etc/passwd' })).slice(-2)).toEqual([
      '--data-raw',
      '@/etc/passwd',
    ]);
  });
});
