import { describe, expect, test } from 'vitest';
import { createRedactor, redactText } from '../../../../src-main/adapters/output/redactor.ts';

/** What comes out of a redactor that gets `output` in pieces of `size` bytes. */
function inPieces(output: string | Buffer, values: readonly string[], size: number): string {
  const redactor = createRedactor(values);
  const bytes = Buffer.from(output as string);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(redactor.push(bytes.subarray(at, at + size)));
  return Buffer.concat([...parts, redactor.end()]).toString();
}

/** The result, which must not depend on how the output is cut. */
function redacted(output: string, ...values: string[]): string {
  const whole = redactText(output, values);
  for (let size = 1; size <= Buffer.byteLength(output); size += 1) {
    expect(inPieces(output, values, size), `in pieces of ${size}`).toBe(whole);
  }
  return whole;
}

describe('a secret in output, wherever the chunks end', () => {
  test('is replaced at the beginning, in the middle and at the end, each time', () => {
    expect(redacted('hunter2 and hunter2, hunter2hunter2', 'hunter2')).toBe(
      '[secret] and [secret], [secret][secret]',
    );
  });

  test('leaves alone what only begins like it or ends like it', () => {
    const output = 'hunter hunt hunter1 unter2 HUNTER2 hhunter';
    expect(redacted(output, 'hunter2')).toBe(output);
  });

  test('is found after a false beginning of itself', () => {
    expect(redacted('ababababac', 'ababac')).toBe('abab[secret]');
  });

  test('may hold any character and be cut inside one', () => {
    expect(redacted('a pässwörd😀 b', 'pässwörd😀')).toBe('a [secret] b');
  });

  test('may be repeated into itself', () => {
    expect(redacted('xaaaaaaay', 'aaaa')).toBe('x[secret]y');
  });

  test('that is a part of another one hides neither', () => {
    expect(redacted('abcd xabcdy abcdy', 'xabcdy', 'abcd')).toBe('[secret] [secret] [secret]y');
    expect(redacted('xabcdz', 'xabcdy', 'abcd')).toBe('x[secret]z');
  });

  test('that overlaps another one leaves no part of either', () => {
    expect(redacted('1abcdef2', 'abcd', 'cdef')).toBe('1[secret]2');
    expect(redacted('1abcdefgh2', 'abcd', 'cdefg', 'efgh')).toBe('1[secret]2');
  });

  test('is found without the space around it', () => {
    expect(redacted('key=s3cret-value;', '  s3cret-value\n')).toBe('key=[secret];');
  });
});

describe('a secret that was written in another form', () => {
  const value = 'pa"ss/wörd +x';

  test('as JSON is replaced', () => {
    expect(redacted(JSON.stringify({ value }), value)).toBe('{"value":"[secret]"}');
    expect(redacted('"pa\\"ss/w\\u00f6rd +x"', value)).toBe('"[secret]"');
    expect(redacted('"pa\\"ss\\/wörd +x"', value)).toBe('"[secret]"');
  });

  test('in a URL or a form is replaced', () => {
    expect(redacted(`?a=${encodeURIComponent(value)}&b`, value)).toBe('?a=[secret]&b');
    expect(redacted(new URLSearchParams({ a: value }).toString(), value)).toBe('a=[secret]');
  });

  test.each(['', 'u:', 'me:', 'you:', 'user:'])('as base64 after "%s" gives away no whole byte', (before) => {
    const secret = 'correct-horse-battery';
    const header = `Basic ${Buffer.from(`${before}${secret}!`).toString('base64')}`;
    const [, left = ''] = redacted(header, secret).split('Basic ');
    const [start = '', end = ''] = left.split('[secret]');
    expect(left).toContain('[secret]');
    // What stays are characters that hold bits of the neighbours too, and padding.
    expect(start.length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6));
    expect(end.length).toBeLessThanOrEqual(4);
  });

  test('as base64 for URLs is replaced', () => {
    const secret = '\u00fb\u00ff\u00fe???>>>secret';
    expect(redacted(Buffer.from(secret).toString('base64url'), secret)).toMatch(/^\[secret\].{0,1}$/);
  });

  test('that is too short to be sure of is left alone', () => {
    expect(redacted(Buffer.from('a"bc').toString('base64'), 'a"bc')).toBe('YSJiYw==');
  });
});

describe('what is no secret', () => {
  test('is given at once, but for what may become one', () => {
    const redactor = createRedactor(['secret-of-mine']);
    expect(redactor.push(Buffer.from('Password: ')).toString()).toBe('Password: ');
    expect(redactor.push(Buffer.from('a secret-')).toString()).toBe('a ');
    expect(redactor.push(Buffer.from('agent')).toString()).toBe('secret-agent');
    expect(redactor.push(Buffer.from('secret-of-min')).toString()).toBe('');
    expect(redactor.end().toString()).toBe('secret-of-min');
  });

  test('stays as it is byte for byte, text or not', () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256));
    const redactor = createRedactor(['secret-of-mine']);
    expect(Buffer.concat([redactor.push(bytes), redactor.end()])).toEqual(bytes);
  });

  test('is everything where there are no secrets', () => {
    expect(inPieces('anything', [], 3)).toBe('anything');
  });
});

test('many secrets of many lengths are all found, and nothing else', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const values = Array.from({ length: 200 }, (_, at) =>
    `<${letters.slice(at % 20)}${at}>`.padEnd(4 + at, '.'),
  );
  const output = values.map((value) => `- ${value}\n`).join('');
  expect(redactText(output, values)).toBe('- [secret]\n'.repeat(200));
});

test('nothing differs from replacing every byte of every occurrence, however values overlap and chunks end', () => {
  let state = 7;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const word = (length: number) => Array.from({ length }, () => 'abc'[random(3)]).join('');
  for (let round = 0; round < 500; round += 1) {
    const values = Array.from({ length: 1 + random(4) }, () => word(4 + random(3)));
    const output = word(random(60));
    const result = inPieces(output, values, 1 + random(8));
    expect(result, `${values} in ${output}`).toBe(coveredBy(output, values));
  }
});

/** What it should be, the slow way: each byte on its own. */
function coveredBy(output: string, values: readonly string[]): string {
  const places = values.flatMap((value) =>
    Array.from(output, (_, start) => ({ start, end: start + value.length })).filter(({ start }) =>
      output.startsWith(value, start),
    ),
  );
  let result = '';
  for (let at = 0; at < output.length; at += 1) {
    const isCovered = places.some(({ start, end }) => start <= at && at < end);
    const begins = isCovered && !places.some(({ start, end }) => start < at && at < end);
    if (!isCovered) result += output[at];
    else if (begins) result += '[secret]';
  }
  return result;
}

test.each(['', 'abc'])('a value such as "%s", which nothing may be searched for, is refused', (value) => {
  expect(() => createRedactor([value])).toThrow('at least 4 characters');
});
