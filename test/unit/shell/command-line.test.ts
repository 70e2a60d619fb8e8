import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src-main/cli/commands.ts';
import { commandLineOf, filesOfCommandLine } from '../../../src-main/shell/command-line.ts';

describe('the packaged application', () => {
  it.each([
    [['run', 'a.json', '--slots', '2']],
    [['resume', '--data', 'dir']],
    [['validate', '-']],
    [['schema']],
    [['help']],
    [['--help']],
    [['-h']],
    [['--version']],
  ])('answers %j as a command line', (own) => {
    expect(commandLineOf(['/opt/Jobdeck/jobdeck', ...own], true)).toEqual(own);
  });

  it('answers every command that the command line has', () => {
    for (const { name } of COMMANDS) expect(commandLineOf(['jobdeck', name], true)).toEqual([name]);
  });

  it('passes over switches of the runtime before the command', () => {
    expect(commandLineOf(['jobdeck', '--no-sandbox', '--user-data-dir=/x', 'run', 'a.json'], true)).toEqual([
      'run',
      'a.json',
    ]);
  });

  it.each([
    [[]],
    [['--inspect']],
    [['--inspect=0', '--remote-debugging-port=0']],
    [['--remote-debugging-port=9222']],
    [['--user-data-dir=/home/a/run']],
    [['--no-sandbox']],
    [['-psn_0_12345']],
    [['/home/a/run']],
    [['jobs.json']],
    [['jobs.json', 'run']],
    [['--version-check=run']],
  ])('opens its window with %j', (own) => {
    expect(commandLineOf(['/opt/Jobdeck/jobdeck', ...own], true)).toBeNull();
  });
});

describe('the application run by the electron command', () => {
  it('takes the first argument that is no switch as the path of the application', () => {
    expect(commandLineOf(['electron', '.', 'schema'], false)).toEqual(['schema']);
    expect(commandLineOf(['electron', '--inspect=0', '/repo', '--version'], false)).toEqual(['--version']);
  });

  it('opens its window for a folder that has the name of a command', () => {
    expect(commandLineOf(['electron', 'run'], false)).toBeNull();
    expect(commandLineOf(['electron', '--inspect=0', '--remote-debugging-port=0', 'run'], false)).toBeNull();
    expect(commandLineOf(['electron', '.', '--no-sandbox'], false)).toBeNull();
  });
});

describe('the files that the window is started with', () => {
  it.each<[string[], string[]]>([
    [[], []],
    [
      ['a.ndjson', '/b/c.json'],
      ['/photos/a.ndjson', '/b/c.json'],
    ],
    [['--no-sandbox', 'a b.json', '--flag=x'], ['/photos/a b.json']],
    [['file:///b/c%20d.json'], ['/b/c d.json']],
    [['file://elsewhere/a.json'], ['/photos/file:/elsewhere/a.json']],
  ])('of %j are %j', (own, files) => {
    expect(filesOfCommandLine(['/opt/jobdeck', ...own], null, '/photos')).toEqual(files);
    expect(filesOfCommandLine(['electron', '-r', '/loader.js', '/repo', ...own], '/repo', '/photos')).toEqual(
      files,
    );
    expect(filesOfCommandLine(['electron', '.', ...own], '/photos', '/photos')).toEqual(files);
  });
});
