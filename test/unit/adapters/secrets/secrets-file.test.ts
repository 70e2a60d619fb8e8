import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseSecretsFile, readSecretsFile } from '../../../../src-main/adapters/secrets/secrets-file.ts';

const parse = (text: string) => Object.fromEntries(parseSecretsFile(text));

describe('lines of NAME=VALUE', () => {
  test('give the value as it stands, whatever it holds', () => {
    expect(parse('A=one two\r\n\n# B=comment\n  C ="quoted" #not a comment= \n_D1=a=b=c')).toEqual({
      A: 'one two',
      C: '"quoted" #not a comment= ',
      _D1: 'a=b=c',
    });
  });

  test.each([
    ['A=long\nhunter2secret', 'Line 2: expected NAME=VALUE'],
    ['A-B=hunter2secret', "Line 1: Expected a secret's name"],
    ['\nA=abc', 'Line 2: Expected the secret A to have at least 4'],
    ['A=long\nA=hunter2secret', 'Line 2 gives the secret A a second time'],
  ])('such as %j are refused with their number and without their text', (text, why) => {
    expect(() => parse(text)).toThrow(why);
    expect(() => parse(text)).not.toThrow('hunter2secret');
  });
});

describe('a JSON object', () => {
  test('gives values of any lines', () => {
    expect(parse('\uFEFF {"KEY": "-----BEGIN\\nabc\\n", "B": "value"}')).toEqual({
      KEY: '-----BEGIN\nabc\n',
      B: 'value',
    });
  });

  test.each([
    ['{"A": hunter2secret}', 'the JSON is damaged'],
    ['{"A": 12345}', 'The property "A": expected a string'],
    ['{"A": "abc"}', 'The property "A": Expected the secret A to have at least 4'],
  ])('such as %s is refused without its text', (text, why) => {
    expect(() => parse(text)).toThrow(why);
    expect(() => parse(text)).not.toThrow('hunter2secret');
  });
});

test('a file that others may read is refused until it is for its owner alone', () => {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-secrets-file-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'secrets');
  writeFileSync(path, 'A=value\nB=x');
  chmodSync(path, 0o640);
  expect(() => readSecretsFile(path)).toThrow(`Run chmod 600 ${path} first.`);
  chmodSync(path, 0o600);
  expect(() => readSecretsFile(path)).toThrow(`${path}: Line 2: Expected the secret B`);
  writeFileSync(path, 'A=value');
  expect(readSecretsFile(path)).toEqual(new Map([['A', 'value']]));
  expect(() => readSecretsFile(join(directory, 'none'))).toThrow("can't be read: ENOENT");
});
