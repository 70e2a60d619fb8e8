import { describe, expect, it } from 'vitest';
import { JOB_STATUSES } from '#shared/job/batch-job.ts';
import type { JobErrorCode } from '#shared/job/error-codes.ts';
import { JOB_ERROR_CODES } from '#shared/job/error-codes.ts';
import { toRow } from '../../../../src-renderer/db/to-row.ts';
import {
  itemsPhrase,
  itemTotal,
  kindWord,
  quoted,
  taskLine,
} from '../../../../src-renderer/words/kind-words.ts';
import { lookOf, needsApproval, stateText } from '../../../../src-renderer/words/status-words.ts';
import { callbackSentence, whyItStopped } from '../../../../src-renderer/words/stop-words.ts';
import { taskFacts } from '../../../../src-renderer/words/task-facts.ts';
import { whatCanBeDone } from '../../../../src-renderer/words/what-can-be-done.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';

const known = { journalId: 'j', seq: 1 };

describe('whyItStopped', () => {
  it('has a sentence for every way a job can end, and none for one that has not', () => {
    for (const status of JOB_STATUSES) {
      const sentence = whyItStopped(sampleJobIn(status, 1));
      if (['created', 'pending', 'running'].includes(status)) expect(sentence).toBeNull();
      else expect(sentence).toMatch(/^[A-Z].*\.$/u);
    }
  });

  it('tells whether a cancelled job had begun', () => {
    expect(whyItStopped(sampleJobIn('cancelled', 1))).toBe('It was cancelled before it ran.');
  });

  it('says what the runner said, for every code', () => {
    for (const code of JOB_ERROR_CODES) expect(whyItStopped(failedWith(code))).toContain('It broke.');
  });

  it('falls back on the stop reason of a record from elsewhere', () => {
    const job = { ...sampleJobIn('failed', 1), metadata: null, stop_reason: 'insufficient_credits' as const };
    expect(whyItStopped(job)).toBe('The account had no credits left.');
  });
});

describe('callbackSentence', () => {
  const job = { ...sampleJobIn('completed', 1), callback_url: 'http://127.0.0.1/' };

  it('tells delivered, refused and failed apart', () => {
    const sent = { ...job, callback_sent_at: '2026-11-01T09:00:00Z' };
    expect(callbackSentence({ ...sent, callback_status_code: 204 })).toBe('Delivered, answered 204.');
    expect(callbackSentence({ ...sent, callback_status_code: 404 })).toContain('not a success');
    expect(callbackSentence({ ...sent, callback_error: 'timeout' })).toBe('Could not be delivered: timeout');
    expect(callbackSentence(job)).toBe('Due: it is sent next.');
  });

  it('says nothing where none was asked for', () => {
    expect(callbackSentence({ ...job, callback_url: null })).toBeNull();
  });
});

describe('stateText', () => {
  it('names the exit code of what failed', () => {
    expect(stateText(toRow(sampleJobIn('failed', 1), known) as never)).toBe('exit 3');
  });

  it('marks what was imported and not approved', () => {
    const row = toRow(sampleJob(1), { origin: 'imported' });
    expect(needsApproval(row)).toBe(true);
    expect(stateText(row as never)).toBe('needs approval');
    expect(needsApproval(toRow(sampleJob(1), { origin: 'imported', approvedAtMs: 1 }))).toBe(false);
  });

  it('asks no approval for a record that has no task', () => {
    const row = toRow({ ...sampleJob(1), metadata: null }, { origin: 'imported' });
    expect(needsApproval(row)).toBe(false);
  });

  it('does not show a record that ran elsewhere as running here', () => {
    expect(lookOf(toRow(sampleJobIn('running', 1)))).toBe('saved');
    expect(lookOf(toRow(sampleJobIn('running', 1), known))).toBe('running');
  });
});

describe('whatCanBeDone', () => {
  it('offers for each status what the runner would accept', () => {
    const can = (status: Parameters<typeof sampleJobIn>[0]) =>
      whatCanBeDone([toRow(sampleJobIn(status, 1), known)]);
    expect(can('created')).toEqual({ run: true, cancel: false, again: false, remove: true });
    expect(can('pending')).toEqual({ run: false, cancel: true, again: false, remove: false });
    expect(can('running')).toEqual({ run: false, cancel: true, again: false, remove: false });
    expect(can('failed')).toEqual({ run: false, cancel: false, again: true, remove: true });
  });

  it('offers to run nothing of a record without a task', () => {
    const row = toRow({ ...sampleJobIn('completed', 1), metadata: null });
    expect(whatCanBeDone([row])).toMatchObject({ run: false, again: false });
  });
});

describe('taskFacts', () => {
  it('shows everything that reaches the machine or the network', () => {
    const job = {
      ...sampleJob(0, {
        task: {
          kind: 'command',
          program: 'rm',
          args: ['-rf', 'my files'],
          cwd: '/tmp',
          env: { A: 'b' },
          stdin: 'y',
        },
      }),
      callback_url: 'http://evil.example/',
    };
    const shown = taskFacts(job)
      .map((fact) => fact.value)
      .join('\n');
    for (const part of ["rm -rf 'my files'", '/tmp', 'A=b', 'y', 'http://evil.example/'])
      expect(shown).toContain(part);
  });

  it('shows the whole source of a script', () => {
    const source = 'line one\n'.repeat(500);
    const facts = taskFacts(sampleJob(0, { task: { kind: 'script', interpreter: 'bash', source } }));
    expect(facts.find((fact) => fact.label === 'Script')?.value).toBe(source);
  });
});

describe('a task in one line', () => {
  it('quotes arguments so that one sees where each ends', () => {
    expect(quoted("it's")).toBe("'it'\\''s'");
    expect(quoted('')).toBe("''");
    expect(taskLine({ kind: 'command', program: 'cp', args: ['a b', 'c'] })).toBe("cp 'a b' c");
  });
});

describe('a batch in one line', () => {
  const task = { kind: 'llm', endpoint: 'chat/completions', request: { model: 'llama3.2' } } as const;
  const file = { file: 'C:\\data\\rows.csv', format: 'csv' } as const;

  it('says for how many items of what, as far as it is known', () => {
    expect(taskLine(task, { items: file })).toBe('chat/completions llama3.2 for each row of rows.csv');
    const counts = { total: 100, completed: 100, failed: 0, cancelled: 0 };
    expect(taskLine(task, { items: file, counts })).toBe(
      'chat/completions llama3.2 for 100 items from rows.csv',
    );
    expect(taskLine(task, {})).toBe('chat/completions llama3.2');
    expect(itemsPhrase({ values: ['a'] })).toBe('for 1 item');
  });

  it('counts a range with both its ends, and each combination', () => {
    expect(itemTotal({ range: { from: 1, to: 10 } })).toBe(10);
    expect(itemTotal({ range: { from: 0, to: 10, step: 4 } })).toBe(3);
    expect(itemTotal({ range: { from: 2, to: 1 } })).toBe(0);
    expect(itemTotal({ matrix: { a: [1, 2], b: [1, 2, 3] } })).toBe(6);
    expect(itemTotal(file)).toBeNull();
  });

  it('is a batch in the list, whatever its task is', () => {
    expect(kindWord('llm', 'batch')).toBe('batch');
    expect(kindWord('llm', 'run')).toBe('model');
    expect(kindWord(null, 'job')).toBe('record');
  });
});

function failedWith(code: JobErrorCode) {
  const job = sampleJobIn('failed', 1);
  const jobdeck = job.metadata?.jobdeck;
  if (jobdeck === undefined) throw new Error('Expected a sample with a task.');
  return { ...job, metadata: { jobdeck: { ...jobdeck, error: { code, message: 'It broke.' } } } };
}
