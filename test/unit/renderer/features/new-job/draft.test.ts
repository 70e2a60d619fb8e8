import { describe, expect, it } from 'vitest';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { checkDocument } from '../../../../../src-main/adapters/validators/index.ts';
import {
  type DraftFields,
  draftText,
  EMPTY_DOCUMENT,
  formOf,
  parseDraft,
  withForm,
} from '../../../../../src-renderer/features/new-job/draft/draft.ts';
import { taskAs } from '../../../../../src-renderer/features/new-job/draft/task-kind.ts';

/** The document that the form writes, by way of the text that the editor shows. */
function written(change: Partial<DraftFields>, before = EMPTY_DOCUMENT): BatchJobDocument {
  return parseDraft(draftText(withForm(before, change))) ?? {};
}

function ofJobdeck(jobdeck: JobdeckRequest, rest: BatchJobDocument = {}): BatchJobDocument {
  return { ...rest, metadata: { jobdeck: { version: 1, ...jobdeck } } };
}

const shell = { kind: 'command', shell: 'true' } as const;

/** Every field of the form once, with a value that is not what an absent key means. */
const EVERY_FIELD: Record<string, { change: Partial<DraftFields>; jobdeck: JobdeckRequest }> = {
  name: { change: { name: 'n' }, jobdeck: { name: 'n', task: shell } },
  tags: { change: { tags: ['a', 'b'] }, jobdeck: { tags: ['a', 'b'], task: shell } },
  notes: { change: { notes: 'two\nlines' }, jobdeck: { notes: 'two\nlines', task: shell } },
  cwd: { change: { cwd: '/tmp' }, jobdeck: { task: { ...shell, cwd: '/tmp' } } },
  env: { change: { env: { A: '1', B: '' } }, jobdeck: { task: { ...shell, env: { A: '1', B: '' } } } },
  stdin: { change: { stdin: 'in' }, jobdeck: { task: { ...shell, stdin: 'in' } } },
  queue: { change: { queue: 'gpu' }, jobdeck: { queue: 'gpu', task: shell } },
  priority: { change: { priority: -3 }, jobdeck: { priority: -3, task: shell } },
  after: {
    change: { after: ['job-0f8fad5b-d9cb-469f-a165-70867728950e'], afterCondition: 'ended' },
    jobdeck: {
      after: ['job-0f8fad5b-d9cb-469f-a165-70867728950e'],
      after_condition: 'ended',
      task: shell,
    },
  },
  dedup: {
    change: { dedupKey: 'k', onDuplicate: 'join' },
    jobdeck: { dedup_key: 'k', on_duplicate: 'join', task: shell },
  },
  times: {
    change: { notBefore: '2026-12-01T06:00:00Z', deadline: '2026-12-02T00:00:00Z' },
    jobdeck: { not_before: '2026-12-01T06:00:00Z', deadline: '2026-12-02T00:00:00Z', task: shell },
  },
  schedule: {
    change: {
      hasSchedule: true,
      cron: '5 6 * * 1-5',
      timeZone: 'Europe/Berlin',
      missed: 'catch-up',
      remaining: 3,
      until: '2027-01-01T00:00:00Z',
    },
    jobdeck: {
      schedule: {
        cron: '5 6 * * 1-5',
        time_zone: 'Europe/Berlin',
        missed: 'catch-up',
        remaining: 3,
        until: '2027-01-01T00:00:00Z',
      },
      task: shell,
    },
  },
  limits: {
    change: { timeoutMs: 5000, killGraceMs: 0, maxOutputBytes: 4096, onInterrupt: 'rerun' },
    jobdeck: {
      timeout_ms: 5000,
      kill_grace_ms: 0,
      max_output_bytes: 4096,
      on_interrupt: 'rerun',
      task: shell,
    },
  },
  retry: {
    change: {
      maxAttempts: 3,
      backoffMs: 500,
      factor: 1.5,
      maxBackoffMs: 9000,
      jitter: false,
      causes: ['signal', 'http-5xx'],
      exitCodes: [75, -1],
    },
    jobdeck: {
      retry: {
        max_attempts: 3,
        backoff_ms: 500,
        factor: 1.5,
        max_backoff_ms: 9000,
        jitter: false,
        on: ['signal', 'http-5xx'],
        exit_codes: [75, -1],
      },
      task: shell,
    },
  },
  pace: {
    change: {
      items: { range: { from: 1, to: 9, step: 2 } },
      concurrency: 4,
      rateLimit: { count: 60, per: 'second' },
      failWhen: 'never',
    },
    jobdeck: {
      task: shell,
      items: { range: { from: 1, to: 9, step: 2 } },
      concurrency: 4,
      rate_limit: { count: 60, per: 'second' },
      fail_when: 'never',
    },
  },
};

const EVERY_KIND: Record<string, { change: Partial<DraftFields>; task: JobdeckRequest['task'] }> = {
  shell: {
    change: { task: taskAs('shell', undefined), shell: 'a | b' },
    task: { kind: 'command', shell: 'a | b' },
  },
  program: {
    change: { task: taskAs('program', undefined), program: 'cp', args: ['a b', '', '-r'] },
    task: { kind: 'command', program: 'cp', args: ['a b', '', '-r'] },
  },
  script: {
    change: { task: taskAs('script', undefined), interpreter: 'python3', source: 'print(1)\n' },
    task: { kind: 'script', interpreter: 'python3', source: 'print(1)\n' },
  },
  http: {
    change: {
      task: taskAs('http', undefined),
      method: 'POST',
      url: 'https://example.org/',
      headers: { Accept: 'text/plain' },
      body: { a: [1, null] },
      expectStatus: ['2xx', '304'],
      maxRedirects: 5,
      maxResponseBytes: 1024,
    },
    task: {
      kind: 'http',
      method: 'POST',
      url: 'https://example.org/',
      headers: { Accept: 'text/plain' },
      body: { a: [1, null] },
      expect: { status: ['2xx', '304'] },
      max_redirects: 5,
      max_response_bytes: 1024,
    },
  },
  model: {
    change: {
      task: taskAs('model', undefined),
      baseUrl: 'http://127.0.0.1:11434/v1',
      endpoint: 'embeddings',
      request: { input: 'x' },
      stream: false,
    },
    task: {
      kind: 'llm',
      base_url: 'http://127.0.0.1:11434/v1',
      endpoint: 'embeddings',
      request: { input: 'x' },
      stream: false,
    },
  },
};

describe('a draft', () => {
  it.each(Object.entries(EVERY_FIELD))(
    'keeps %s where the schema has it, and shows it again',
    (_, { change, jobdeck }) => {
      const document = written({ shell: 'true', ...change });
      expect(document.metadata?.jobdeck).toEqual({ version: 1, ...jobdeck });
      expect(formOf(document)).toMatchObject(change);
      expect(checkDocument(document)).toEqual([]);
    },
  );

  it.each(Object.entries(EVERY_KIND))(
    'keeps a task of kind %s, and shows it again',
    (kind, { change, task }) => {
      const document = written(change);
      expect(document.metadata?.jobdeck?.task).toEqual(task);
      const { task: _, ...fields } = change;
      expect(formOf(document)).toMatchObject({ ...fields, kind });
      expect(checkDocument(document)).toEqual([]);
    },
  );

  it('takes a field away again when it is emptied', () => {
    const empty = formOf(EMPTY_DOCUMENT);
    for (const { change } of Object.values(EVERY_FIELD)) {
      const emptied = Object.fromEntries(
        Object.keys(change).map((name) => [name, empty[name as keyof DraftFields]]),
      );
      // A schedule that is switched off takes all of its parts with it.
      const { cron: _, ...whole } = emptied;
      expect(written(whole, written(change))).toEqual(EMPTY_DOCUMENT);
    }
  });

  it('keeps what the form does not show', () => {
    const document = {
      id: 'job-0f8fad5b-d9cb-469f-a165-70867728950e',
      ...ofJobdeck({ rerun_of: 'job-7c9e6679-7425-40de-944b-e07fc1f90ae7', task: shell }),
    };
    document.metadata = { team: 'x', ...document.metadata };
    const changed = written({ name: 'n', queue: 'gpu', maxAttempts: 2 }, document);
    expect(changed.id).toBe(document.id);
    expect(changed.metadata?.team).toBe('x');
    expect(changed.metadata?.jobdeck?.rerun_of).toBe('job-7c9e6679-7425-40de-944b-e07fc1f90ae7');
  });

  it('leaves a value of a wrong type alone until its field is changed', () => {
    const document = parseDraft(
      '{"metadata":{"jobdeck":{"version":1,"queue":7,"task":{"kind":"command","shell":"a"}}}}',
    );
    expect(formOf(document ?? {}).queue).toBe('');
    expect(written({ name: 'n' }, document ?? {}).metadata?.jobdeck?.queue).toBe(7);
  });

  it('leaves a task of a kind that it does not know as it is', () => {
    const document = parseDraft(
      '{"metadata":{"jobdeck":{"version":1,"task":{"kind":"dream","of":"sheep"}}}}',
    );
    expect(formOf(document ?? {}).kind).toBeNull();
    expect(written({ name: 'n' }, document ?? {}).metadata?.jobdeck?.task).toEqual({
      kind: 'dream',
      of: 'sheep',
    });
  });

  it('shows values of a wrong type as empty instead of failing', () => {
    const document = parseDraft(
      '{"metadata":{"jobdeck":{"name":3,"tags":"x","retry":[],"schedule":4,"rate_limit":"x","task":{"kind":"command","args":7}}}}',
    );
    expect(formOf(document ?? {})).toMatchObject({
      name: '',
      tags: [],
      args: [],
      maxAttempts: null,
      rateLimit: null,
    });
    expect(formOf(parseDraft('{"metadata":[]}') ?? {}).name).toBe('');
  });

  it('writes keys in the order in which one reads a job, whatever was filled in first', () => {
    const document = written(
      { callbackUrl: 'http://127.0.0.1/' },
      written({ name: 'n' }, written({ timeoutMs: 1000 })),
    );
    expect(Object.keys(document)).toEqual(['job_type', 'callback_url', 'metadata']);
    expect(Object.keys(document.metadata?.jobdeck ?? {})).toEqual(['version', 'name', 'timeout_ms', 'task']);
  });

  it('is no draft while its JSON is not an object', () => {
    for (const text of ['', '{', '[]', 'null', '3']) expect(parseDraft(text)).toBeNull();
  });
});

describe('the type of a draft', () => {
  const model = written({
    task: taskAs('model', undefined),
    agentId: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e',
  });

  it('is run for one model call, batch for many of anything, job otherwise', () => {
    expect(model.job_type).toBe('run');
    const batch = written({ items: { values: ['a'] } }, model);
    expect(batch.job_type).toBe('batch');
    expect(written({ items: undefined }, batch).job_type).toBe('run');
    expect(written({ items: { values: ['a'] } }).job_type).toBe('batch');
    expect(written({ task: taskAs('http', undefined) }, model).job_type).toBe('job');
  });

  it('is left as it was written while neither the kind nor the items change', () => {
    expect(written({ name: 'n' }, { ...EMPTY_DOCUMENT, job_type: 'batch' }).job_type).toBe('batch');
  });

  it('loses the saved profile with the model call, and keeps it in a batch of them', () => {
    expect(written({ items: { values: ['a'] } }, model).agent_id).toBe(model.agent_id);
    expect(written({ task: taskAs('shell', undefined) }, model)).not.toHaveProperty('agent_id');
  });
});

describe('another kind of task', () => {
  it('keeps directory, environment and input between processes, and no field of the kind before', () => {
    const task = { kind: 'command', shell: 'x', cwd: '/tmp', env: { A: '1' }, stdin: 'y' };
    expect(taskAs('script', task)).toEqual({
      kind: 'script',
      interpreter: 'bash',
      source: '',
      cwd: '/tmp',
      env: { A: '1' },
      stdin: 'y',
    });
    expect(taskAs('http', task)).toEqual({ kind: 'http', url: '' });
  });

  it('has again what was written for it before', () => {
    const earlier = { kind: 'http', url: 'https://example.org/', method: 'PUT' };
    expect(taskAs('http', { kind: 'command', shell: 'x' }, earlier)).toEqual(earlier);
  });
});
