import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src-main/cli/usage.ts';

const plain = { data: null, out: null, slots: null, quiet: false };

describe('a command line', () => {
  it.each<[string, unknown]>([
    ['run a.json', { name: 'run', options: { ...plain, files: ['a.json'] } }],
    ['run - b.json --quiet', { name: 'run', options: { ...plain, files: ['-', 'b.json'], quiet: true } }],
    [
      'run --data d a.json --out=o --slots 4',
      { name: 'run', options: { files: ['a.json'], data: 'd', out: 'o', slots: 4, quiet: false } },
    ],
    ['run -- --odd.json', { name: 'run', options: { ...plain, files: ['--odd.json'] } }],
    ['resume --data d', { name: 'resume', options: { ...plain, files: [], data: 'd' } }],
    ['validate a b', { name: 'validate', files: ['a', 'b'] }],
    ['schema', { name: 'schema', metadata: false }],
    ['schema --metadata', { name: 'schema', metadata: true }],
    ['help', { name: 'help' }],
    ['--help', { name: 'help' }],
    ['--version', { name: 'version' }],
  ])('"%s" is understood', (line, expected) => {
    expect(parseCommand(line.split(' '))).toEqual(expected);
  });

  it.each([
    ['', 'Expected a command: run, resume, validate, schema or help.'],
    ['fly', 'Expected a command (run, resume, validate, schema, help), got "fly".'],
    ['run', 'run: Expected at least one FILE, or - for standard input.'],
    ['run - -', 'run: Expected - at most once: standard input can be read once.'],
    ['run a --fast', "run: Unknown option '--fast'."],
    ['run a --slots', "run: Option '--slots <value>' argument missing."],
    ['run a --slots 0', 'Expected a whole number from 1 to 1024 after --slots, got "0".'],
    ['run a --slots 1.5', 'Expected a whole number from 1 to 1024 after --slots, got "1.5".'],
    ['run a --data=', 'Expected a path after --data, got nothing.'],
    ['resume', 'Expected --data DIR: the folder of the run to resume.'],
    ['resume --data d a', 'resume: Expected only options, got "a".'],
    ['validate', 'validate: Expected at least one FILE, or - for standard input.'],
    ['schema x', 'schema: Expected only options, got "x".'],
  ])('"%s" is refused with what was expected', (line, message) => {
    const argv = line === '' ? [] : line.split(' ');
    expect(() => parseCommand(argv)).toThrow(expect.objectContaining({ code: 'bad-request', message }));
  });
});
