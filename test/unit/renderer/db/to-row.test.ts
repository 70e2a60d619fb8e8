import { describe, expect, it } from 'vitest';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { transition } from '#shared/job/transition.ts';
import { toRow } from '../../../../src-renderer/db/to-row.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';

function named(request: JobdeckRequest) {
  return toRow(sampleJob(0, { name: undefined, tags: undefined, task: undefined, ...request }));
}

describe('the row of a record', () => {
  it.each([
    ['its name', { name: '  Nightly  ', task: { kind: 'command', program: 'ls' } }, 'Nightly'],
    ['program and arguments', { task: { kind: 'command', program: 'ls', args: ['-l', '/'] } }, 'ls -l /'],
    ['the first line of a shell task', { task: { kind: 'command', shell: '\n  sort a \nuniq b' } }, 'sort a'],
    [
      'the first line of a script after its interpreter line',
      { task: { kind: 'script', interpreter: 'sh', source: '#!/bin/sh\n\necho 1\n' } },
      'echo 1',
    ],
    ['the interpreter of an empty script', { task: { kind: 'script', interpreter: 'sh', source: '' } }, 'sh'],
    ['method and address', { task: { kind: 'http', url: 'http://a.test/' } }, 'GET http://a.test/'],
    [
      'model and endpoint',
      { task: { kind: 'llm', endpoint: 'embeddings', request: { model: 'small' } } },
      'small embeddings',
    ],
  ] satisfies [string, JobdeckRequest, string][])('is called by %s', (_, request, name) => {
    expect(named(request).name).toBe(name);
  });

  it('is called by its id where it has neither name nor task', () => {
    const row = named({});
    expect(row.name).toBe(row.id);
    expect(row.kind).toBeNull();
  });

  it('shortens a long title without cutting a character in two', () => {
    const row = named({ task: { kind: 'command', shell: '😀'.repeat(300) } });
    expect([...row.name]).toHaveLength(120);
    expect(row.name.isWellFormed()).toBe(true);
  });

  it('holds each word once, without case, accents and width', () => {
    const { words } = named({ name: 'Über über ＦＵＬＬ', tags: ['Ünit'] });
    expect(words).toEqual(expect.arrayContaining(['uber', 'full', 'tag:unit', 'unit']));
    expect(new Set(words).size).toBe(words.length);
  });

  it('does not list a record that was running elsewhere among the active ones', () => {
    const job = sampleJobIn('running', 0);
    expect(toRow(job, { origin: 'imported' }).bucket).toBe('created');
    expect(toRow(job, { journalId: 'a', seq: 1 }).bucket).toBe('active');
  });

  it('is scheduled while it waits for its time, and active once it was tried', () => {
    const facts = { journalId: 'a', seq: 1 };
    const waiting = sampleJob(0, { not_before: '2026-12-01T06:00:00Z' });
    expect(toRow(waiting, facts).bucket).toBe('created');
    const pending = transition(waiting, { type: 'submit', by: null }, '2026-11-24T08:00:00Z').job;
    expect(toRow(pending, facts).bucket).toBe('scheduled');
    const started = transition(
      pending,
      { type: 'start', by: null, background: false },
      '2026-12-01T06:00:00Z',
    );
    expect(toRow(started.job, facts).bucket).toBe('active');
  });

  it.each([
    ['2026-11-01T08:00:00.5+01:00', Date.UTC(2026, 10, 1, 7, 0, 0, 500)],
    ['2016-12-31t23:59:60z', Date.UTC(2016, 11, 31, 23, 59, 59)],
  ])('reads the time %s', (createdAt, expected) => {
    expect(toRow({ ...sampleJob(0), created_at: createdAt }).createdAtMs).toBe(expected);
  });
});
