import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bench, cwd } from './support.ts';

describe('a command on a data directory', () => {
  it.each([
    [['list']],
    [['show', 'a']],
    [['log', 'a']],
    [['cancel', 'a']],
    [['suspend', 'a']],
    [['continue', 'a']],
    [['queue']],
    [['queue', '--pause']],
    [['retry-failed', 'a']],
  ])('exits 2 for %j where there is none, and makes none', async (argv) => {
    const cli = bench();
    expect(await cli.run(...argv, '--data', 'none')).toBe(2);
    expect(cli.stderr()).toContain('Expected the data directory of an earlier run at');
    expect(cli.opened).toEqual([]);
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });
});

describe('the other commands', () => {
  it('print the schema, that of metadata.jobdeck, the help and the version', async () => {
    for (const [argv, expected] of [
      [['schema'], '"$id": "urn:jobdeck:schema:batch-job"'],
      [['schema', '--metadata'], '"$id": "urn:jobdeck:schema:jobdeck-metadata:1"'],
      [['help'], 'Usage: jobdeck COMMAND'],
      [['help', 'run'], 'Usage: jobdeck run FILE...'],
      [['log', '--help'], 'Usage: jobdeck log ID'],
      [['--version'], '9.9.9'],
    ] as const) {
      const cli = bench();
      expect(await cli.run(...argv)).toBe(0);
      expect(cli.stdout()).toContain(expected);
    }
  });

  it('that are none exit 2 and point to the help', async () => {
    const cli = bench();
    expect(await cli.run('fly')).toBe(2);
    expect(cli.stderr()).toContain('got "fly".\n"help" says what is expected.');
    const topic = bench();
    expect(await topic.run('help', 'fly')).toBe(2);
    expect(topic.stderr()).toContain('Expected the name of a command, got "fly".');
  });
});
