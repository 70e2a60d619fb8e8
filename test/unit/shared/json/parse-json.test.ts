import { describe, expect, it } from 'vitest';
import { parseJson } from '#shared/json/parse-json.ts';
import { createDocumentGenerator } from '../../../fakes/document-generator.ts';
import { misreadNames } from '../../../fakes/misread-names.ts';

describe('parseJson', () => {
  // Of each row the names are its own: what V8 guesses, it guesses for as long as it runs.
  it.each([
    ['a line feed where a backslash was', '{"h1":1,"ab\\\\":1}', '{"h1":1,"ab\\n":2}', 'ab\n'],
    ['a quote where a backslash was', '{"h2":1,"\\\\":1}', '{"h2":1,"\\"":2}', '"'],
    ['a letter written as an escape', '{"h3":1,"c\\\\":1}', '{"h3":1,"c\\u0061":2}', 'ca'],
    ['a backslash in the middle', '{"h4":1,"e\\\\nf":1}', '{"h4":1,"e\\nfg":2}', 'e\nfg'],
    ['two escapes', '{"h5":1,"\\\\t\\\\":1}', '{"h5":1,"\\t\\tx":2}', '\t\tx'],
    ['a character beyond the basic plane', '{"h6":1,"\\\\u":1}', '{"h6":1,"\\ud83d\\ude00":2}', '😀'],
  ])('reads the name that stands there: %s', (_, guessed, text, name) => {
    const before = parseJson(guessed);
    expect(JSON.stringify(before)).toBe(guessed);
    expect(Object.keys(parseJson(text) as object)[1]).toBe(name);
  });

  it('reads it at any depth, in lists and between other values', () => {
    const { guessed, misread } = misreadNames('deep');
    const around = (value: unknown) =>
      JSON.stringify([{ a: [true, -0.5e-7, [], {}, value, 'x,:"\\'] }], null, 2);
    parseJson(around(guessed));
    expect(JSON.stringify(parseJson(around(misread)), null, 2)).toBe(around(misread));
  });

  it('keeps the last of a doubled name, and a name that is a setter on other objects as a name', () => {
    const value = parseJson('{"x\\\\":1,"__proto__":{"y":1},"x\\\\":2}') as object;
    expect(Object.entries(value)).toEqual([
      ['x\\', 2],
      ['__proto__', { y: 1 }],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('reads more levels than a call stack has', () => {
    const depth = 100_000;
    const text = `${'['.repeat(depth)}{"a\\\\":1}${']'.repeat(depth)}`;
    let value = parseJson(text);
    while (Array.isArray(value)) [value] = value;
    expect(value).toEqual({ 'a\\': 1 });
  });

  it('reads what JSON.stringify wrote of 5,000 records, spaced or not, as it was', () => {
    const generator = createDocumentGenerator(20_261_201);
    for (let n = 0; n < 5000; n++) {
      const text = JSON.stringify(generator.record(), null, n % 2);
      expect(JSON.stringify(parseJson(text), null, n % 2)).toBe(text);
    }
  });

  it('refuses what is no JSON as JSON.parse does', () => {
    expect(() => parseJson('{"a\\\\":1,}')).toThrow(SyntaxError);
  });
});
