import { describe, expect, it } from 'vitest';
import type { CliCommand } from '../../../src-main/cli/command.ts';
import { COMMANDS } from '../../../src-main/cli/commands.ts';
import { overview } from '../../../src-main/cli/help.ts';

const plain = {
  data: null,
  out: null,
  results: null,
  slots: null,
  quiet: false,
  secrets: new Map(),
  secretsFile: null,
  profile: null,
  waitsForCallbacks: false,
  callbackSecret: null,
  callbackSecretFile: null,
  callbackSchedule: null,
};
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const resent = { what: 'resend', data: 'd', callbackSecret: null, callbackSecretFile: null };
const listed = { what: 'list', data: 'd', state: null, job: null, json: false };

function named(name: string): CliCommand {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`Expected a command ${name}, there is none.`);
  return command;
}

function parse(line: string): unknown {
  const [name = '', ...args] = line.split(' ');
  return named(name).parse(args);
}

describe('the arguments of a command', () => {
  it.each<[string, unknown]>([
    ['run a.json', { ...plain, files: ['a.json'] }],
    ['run - b.json --quiet', { ...plain, files: ['-', 'b.json'], quiet: true }],
    [
      'run --data d a.json --out=o --results r --slots 4',
      { ...plain, files: ['a.json'], data: 'd', out: 'o', results: 'r', slots: 4 },
    ],
    ['run -- --odd.json', { ...plain, files: ['--odd.json'] }],
    [
      'run a --secret KEY=four=five --secret OTHER=abcdef --secrets-file s --profile p',
      {
        ...plain,
        files: ['a'],
        secrets: new Map([
          ['KEY', 'four=five'],
          ['OTHER', 'abcdef'],
        ]),
        secretsFile: 's',
        profile: 'p',
      },
    ],
    ['resume --data d', { ...plain, data: 'd' }],
    ['retry-failed job-1 --data d --results r', { ...plain, data: 'd', results: 'r', id: 'job-1' }],
    ['add a - --data d', { data: 'd', files: ['a', '-'] }],
    ['list --data d', { data: 'd', status: null, json: false }],
    ['list --data d --status failed --json', { data: 'd', status: 'failed', json: true }],
    ['show --data d job-1', { data: 'd', id: 'job-1' }],
    [
      'log job-1 --data d',
      { data: 'd', id: 'job-1', item: null, attempt: null, stream: 'stdout', follow: false },
    ],
    [
      'log job-1 --data d --item 0 --attempt 2 --stderr --follow',
      { data: 'd', id: 'job-1', item: 0, attempt: 2, stream: 'stderr', follow: true },
    ],
    ['cancel job-1 job-2 --data d', { data: 'd', ids: ['job-1', 'job-2'] }],
    ['queue --data d', { data: 'd', name: null }],
    ['queue night --data d --pause --slots 2', { data: 'd', name: 'night', mode: 'paused', slots: 2 }],
    ['queue --data d --drain', { data: 'd', name: null, mode: 'draining' }],
    ['queue --data d --resume --slots all', { data: 'd', name: null, mode: 'open', slots: null }],
    [
      'openai-batch in.jsonl --base-url http://127.0.0.1:1/v1/ --out o --errors e --model m --concurrency 8 --api-key-secret KEY --data d',
      {
        file: 'in.jsonl',
        baseUrl: 'http://127.0.0.1:1/v1',
        outPath: 'o',
        errorsPath: 'e',
        model: 'm',
        concurrency: 8,
        apiKeySecret: 'KEY',
        callbackUrl: null,
        run: { ...plain, data: 'd' },
      },
    ],
    [
      `run a --wait-callbacks --callback-secret ${SECRET} --callback-schedule 0s,500ms,1.5m,2min,1h,7d`,
      {
        ...plain,
        files: ['a'],
        waitsForCallbacks: true,
        callbackSecret: SECRET,
        callbackSchedule: [0, 500, 90_000, 120_000, 3_600_000, 604_800_000],
      },
    ],
    ['resume --data d --callback-secret-file s', { ...plain, data: 'd', callbackSecretFile: 's' }],
    ['callbacks --data d', listed],
    [
      'callbacks --data d --state held --job job-1 --json',
      { ...listed, state: 'held', job: 'job-1', json: true },
    ],
    ['callbacks list --data d', listed],
    ['callbacks show msg_1 --data d', { what: 'show', data: 'd', id: 'msg_1', json: false }],
    ['callbacks stop msg_1 2 --data d', { what: 'stop', data: 'd', ids: ['msg_1', '2'] }],
    [
      'callbacks resend msg_1 job-1 --data d --url http://a/',
      { ...resent, ids: ['msg_1', 'job-1'], failed: false, url: 'http://a/' },
    ],
    ['callbacks resend --failed --data d', { ...resent, ids: [], failed: true, url: null }],
    [
      `callbacks resend a --data d --callback-secret ${SECRET}`,
      { ...resent, ids: ['a'], failed: false, url: null, callbackSecret: SECRET },
    ],
    ['listen', { port: null, secret: null, secretFile: null, answerStatus: 200, json: false }],
    [
      'listen --port 8080 --secret whsec_a --answer 503 --json',
      { port: 8080, secret: 'whsec_a', secretFile: null, answerStatus: 503, json: true },
    ],
    ['validate a b', { files: ['a', 'b'], isStrict: false, json: false, report: null }],
    ['validate a --strict --json --report r', { files: ['a'], isStrict: true, json: true, report: 'r' }],
    ['convert a b --to csv', { files: ['a', 'b'], to: 'csv', out: null, isStrict: false }],
    ['convert - --to array --out o --strict', { files: ['-'], to: 'array', out: 'o', isStrict: true }],
    ['diff a b --json', { a: 'a', b: 'b', json: true }],
    ['schema', { metadata: false }],
    ['schema --metadata', { metadata: true }],
  ])('are understood in "%s"', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['run', 'run: Expected at least one FILE, or - for standard input.'],
    ['run - -', 'run: Expected - at most once: standard input can be read once.'],
    ['run a --fast', "run: Unknown option '--fast'."],
    ['run a --slots', "run: Option '--slots <value>' argument missing."],
    ['run a --slots 0', 'Expected a whole number from 1 to 1024 after --slots, got "0".'],
    ['run a --slots 1.5', 'Expected a whole number from 1 to 1024 after --slots, got "1.5".'],
    ['run a --data=', 'Expected a path after --data, got nothing.'],
    ['resume', 'resume: Expected --data DIR: the data directory of a run.'],
    ['resume --data d a', 'resume: Expected nothing more, got "a".'],
    ['list', 'list: Expected --data DIR: the data directory of a run.'],
    [
      'list --data d --status done',
      'list: Expected one of created, running, completed, failed, pending, cancelled, expired after --status, got "done".',
    ],
    ['show --data d', 'show: Expected the ID of a job, or its beginning.'],
    ['show a b --data d', 'show: Expected nothing more, got "b".'],
    ['log a --data d --item -1', "log: Option '--item' argument is ambiguous."],
    ['log a --data d --attempt 0', 'Expected a whole number from 1 after --attempt, got "0".'],
    ['cancel --data d', 'cancel: Expected the ID of a job, or its beginning.'],
    ['queue --data d --pause --drain', 'queue: Expected one of --pause, --resume and --drain, got 2.'],
    ['openai-batch f --out o', 'Expected --base-url URL, such as http://127.0.0.1:11434/v1.'],
    [
      'openai-batch f --base-url localhost:1 --out o',
      'Expected --base-url URL, such as http://127.0.0.1:11434/v1, got "localhost:1".',
    ],
    ['openai-batch f --base-url http://a --out o', 'openai-batch: Expected --errors FILE.'],
    ['run a --callback-schedule 0s,5', 'each in ms, s, min, h or d, got "5".'],
    ['run a --callback-schedule=', 'each in ms, s, min, h or d, got "".'],
    ['run a --callback-schedule 8d', 'Expected waits of at most 7d after --callback-schedule, got "8d".'],
    [
      `run a --callback-schedule ${'1s,'.repeat(50)}1s`,
      'Expected at most 50 waits after --callback-schedule, got 51.',
    ],
    ['run a --callback-secret hunter22', 'Expected a secret of 24 to 64 bytes'],
    ['callbacks', 'callbacks: Expected --data DIR'],
    ['callbacks msg_1 --data d', 'callbacks: Expected one of list, resend, stop, show, got "msg_1"'],
    [
      'callbacks resend --data d',
      'callbacks resend: Expected the ID of a callback, or its beginning, or --failed.',
    ],
    ['callbacks resend a --failed --data d', 'callbacks resend --failed: Expected nothing more, got "a".'],
    [
      'callbacks resend a --data d --url here',
      'Expected --url URL, such as http://127.0.0.1:8080/done, got "here".',
    ],
    ['callbacks show a b --data d', 'callbacks show: Expected nothing more, got "b".'],
    ['callbacks stop a --data d --json', 'callbacks: Expected no --json with stop.'],
    [
      'callbacks --data d --state gone',
      'callbacks: Expected one of due, held, delivered, abandoned, stopped',
    ],
    ['listen a', 'listen: Expected nothing more, got "a".'],
    ['listen --port 0', 'Expected a whole number from 1 to 65535 after --port, got "0".'],
    ['listen --answer 100', 'Expected a whole number from 200 to 599 after --answer, got "100".'],
    ['listen --secret a --secret-file b', 'listen: Expected one of --secret-file and --secret, got both.'],
    ['validate', 'validate: Expected at least one FILE, or - for standard input.'],
    ['schema x', 'schema: Expected nothing more, got "x".'],
  ])('are refused in "%s" with what was expected', (line, message) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(message) }),
    );
  });

  it.each([
    'a --secret hunter2hunter2',
    'a --secret KEY hunter2hunter2',
    'a --secret hunter2hunter2==',
    '--secret=hunter2hunter2',
    'a --secret 1=hunter2hunter2',
  ])('shows nothing of a secret that is given the wrong way: %s', (line) => {
    for (const name of ['run', 'resume']) {
      expect(() => parse(`${name} ${line}`)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
      );
    }
  });

  it('take the key of an endpoint by the name of its secret alone, and show no key', () => {
    expect(() =>
      parse('openai-batch f --base-url http://a --out o --errors e --api-key-secret sk-hunter2'),
    ).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
  });
});

describe('the help', () => {
  it('lists every command, and each command has help that begins with how it is called', () => {
    for (const { name, summary, help } of COMMANDS) {
      expect(overview()).toMatch(new RegExp(`^  ${name} +`, 'mu'));
      expect(overview()).toContain(summary);
      expect(help).toMatch(new RegExp(`^Usage: jobdeck ${name}\\b`, 'u'));
    }
  });

  it('fits a terminal of 110 columns', () => {
    for (const text of [overview(), ...COMMANDS.map(({ help }) => help)]) {
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(110);
    }
  });

  it('says that --secret shows in the list of processes, and names the other way first', () => {
    expect(named('run').help).toMatch(/--secrets-file[\s\S]*--secret NAME=VALUE[\s\S]*list of processes/u);
    expect(named('run').help).toMatch(
      /--callback-secret-file[\s\S]*--callback-secret S[\s\S]*list of processes/u,
    );
    expect(named('listen').help).toMatch(/--secret-file[\s\S]*--secret S[\s\S]*list of processes/u);
  });
});
