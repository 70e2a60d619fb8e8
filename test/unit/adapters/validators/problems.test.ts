import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import {
  checkDocument,
  checkRequest,
  checkResponse,
  isSettings,
  isSettingsPatch,
  prepareValidators,
} from '../../../../src-main/adapters/validators/index.ts';

const jobdeck = (rest: object) => ({ metadata: { jobdeck: { version: 1, ...rest } } });

describe('a problem', () => {
  it.each<[string, unknown, string, string]>([
    ['a value that is no object', 5, '', 'Expected an object, got 5.'],
    [
      'a misspelt status',
      { status: 'runing' },
      '/status',
      'Expected one of "created", "running", "completed", "failed", "pending", "cancelled" or "expired", got "runing". Did you mean "running"?',
    ],
    [
      'an unknown property',
      { user_id: 'u' },
      '/user_id',
      'Expected only properties that the schema knows, got "user_id".',
    ],
    [
      'an unknown property with a slash in its name',
      { 'a/b~c': 1 },
      '/a~1b~0c',
      'Expected only properties that the schema knows, got "a/b~c".',
    ],
    [
      'a misspelt property',
      jobdeck({ timeout: 5 }),
      '/metadata/jobdeck/timeout',
      'Expected only properties that the schema knows, got "timeout". Did you mean "timeout_ms"?',
    ],
    [
      'an id of something else',
      { id: 'batch_abc123' },
      '/id',
      'Expected an id that begins with "job-" or "run-" and eight hexadecimal digits, got "batch_abc123".',
    ],
    [
      'a time that is a number',
      { created_at: 1711471533 },
      '/created_at',
      'Expected a date-time such as "2026-11-23T09:30:00Z", got 1711471533.',
    ],
    [
      'a time that may be null',
      { completed_at: 'yesterday' },
      '/completed_at',
      'Expected a date-time such as "2026-11-23T09:30:00Z" or null, got "yesterday".',
    ],
    ['metadata of the wrong type', { metadata: 'x' }, '/metadata', 'Expected an object or null, got "x".'],
    ['a fraction of a nanosecond', { ttft_ns: 1.5 }, '/ttft_ns', 'Expected a whole number or null, got 1.5.'],
    [
      'a newer version of our metadata',
      { metadata: { jobdeck: { version: 2 } } },
      '/metadata/jobdeck/version',
      'Expected 1, got 2.',
    ],
    [
      'a kind of task that is not known',
      jobdeck({ task: { kind: 'comand' } }),
      '/metadata/jobdeck/task/kind',
      'Expected one of "command", "script", "http" or "llm", got "comand". Did you mean "command"?',
    ],
    [
      'a command with nothing to run',
      jobdeck({ task: { kind: 'command' } }),
      '/metadata/jobdeck/task',
      'Expected a property "program", got none.',
    ],
    [
      'a program beside a shell line',
      jobdeck({ task: { kind: 'command', shell: 'ls', program: 'ls' } }),
      '/metadata/jobdeck/task/program',
      'Expected no such property beside the others that are given here, got "ls".',
    ],
    [
      'items of which one kind was meant',
      jobdeck({ items: { range: { from: 1 } } }),
      '/metadata/jobdeck/items/range',
      'Expected a property "to", got none.',
    ],
    [
      'items of no known kind',
      jobdeck({ items: {} }),
      '/metadata/jobdeck/items',
      'Expected an object with "values", "file" and "format", "range", "matrix" or "failed_of" and nothing beside, got an object.',
    ],
    [
      'a name that no environment can hold',
      jobdeck({ task: { kind: 'command', shell: 'ls', env: { 'a=b': '' } } }),
      '/metadata/jobdeck/task/env/a=b',
      'Expected a name without "=" and NUL characters, got "a=b".',
    ],
  ])('tells of %s once, where it is and what was expected', (_, document, path, message) => {
    expect(checkDocument(document)).toEqual([{ path, message }]);
  });

  it('is told for every place, not only the first', () => {
    const paths = checkDocument({ id: 1, status: 'x', job_type: 'y' }).map(({ path }) => path);
    expect(paths.sort()).toEqual(['/id', '/job_type', '/status']);
  });

  it('stops being told after a hundred, and says how many there are', () => {
    const document = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`unknown_${n}`, n]));
    const problems = checkDocument(document);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe('50 more problems are not shown.');
  });

  it('quotes no more of a long text than a person reads', () => {
    expect(checkDocument({ id: 'x'.repeat(10_000) })[0]?.message.length).toBeLessThan(250);
  });
});

describe('requests and answers', () => {
  it('pass where they are as the contract says', () => {
    expect(checkRequest('app:info', {})).toBeNull();
    expect(checkRequest('outbox:pull', { cursor: null, limit: 100 })).toBeNull();
    expect(
      checkResponse('outbox:pull', { kind: 'gap', journalId: 'j', head: 3 } satisfies Record<
        string,
        unknown
      >),
    ).toBeNull();
  });

  it('are refused with the place that is wrong', () => {
    expect(checkRequest('app:info', { extra: 1 })?.map(({ path }) => path)).toEqual(['/extra']);
    expect(checkRequest('job:cancel', { ids: ['../etc'] })?.map(({ path }) => path)).toEqual(['/ids/0']);
    expect(checkRequest('import:close', { importId: 'not a handle' })?.[0]?.message).toBe(
      'Expected a UUID, got "not a handle".',
    );
    expect(checkResponse('outbox:pull', { kind: 'events', journalId: 'j', head: -1, events: [] })).toEqual([
      { path: '/head', message: 'Expected a number of at least 0, got -1.' },
    ]);
  });

  it('of settings are told apart from a change to them', () => {
    expect(isSettingsPatch({ theme: 'dark' })).toBe(true);
    expect(isSettings({ theme: 'dark' })).toBe(false);
    expect(isSettings({ ...DEFAULT_SETTINGS, theme: 'dark' })).toBe(true);
    expect(isSettingsPatch({ slots: 0 })).toBe(false);
  });

  it('can be prepared ahead of need', async () => {
    await expect(prepareValidators()).resolves.toBeUndefined();
  });
});
