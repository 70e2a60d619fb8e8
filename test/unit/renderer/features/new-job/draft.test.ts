import { describe, expect, it } from 'vitest';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import {
  draftText,
  EMPTY_DOCUMENT,
  formOf,
  parseDraft,
  withForm,
} from '../../../../../src-renderer/features/new-job/draft.ts';
import { parseTimeout, timeoutText } from '../../../../../src-renderer/features/new-job/timeout-text.ts';

describe('a draft', () => {
  it('gives back what the form wrote, field by field', () => {
    const form = {
      ...formOf(EMPTY_DOCUMENT),
      kind: 'script' as const,
      name: 'Count',
      tags: ['a', 'b'],
      notes: 'n',
      interpreter: 'bash',
      source: 'echo 1\n',
      cwd: '/tmp',
      env: { A: '1', B: '' },
      stdin: 'in',
      timeoutMs: 5000,
      onInterrupt: 'rerun' as const,
      callbackUrl: 'http://127.0.0.1/x',
    };
    const text = draftText(withForm(EMPTY_DOCUMENT, form));
    expect(formOf(parseDraft(text) ?? {})).toEqual(form);
  });

  it('leaves out of the document what is empty', () => {
    const document = withForm(EMPTY_DOCUMENT, { shell: 'true' });
    expect(document).toEqual({
      job_type: 'job',
      metadata: { jobdeck: { version: 1, task: { kind: 'command', shell: 'true' } } },
    });
  });

  it('keeps what the form does not show', () => {
    const document = {
      agent_id: 'agent-1',
      metadata: { team: 'x', jobdeck: { version: 1, priority: 7, task: { kind: 'command', shell: 'a' } } },
    } as BatchJobDocument;
    const changed = withForm(document, { name: 'n' });
    expect(changed.agent_id).toBe('agent-1');
    expect(changed.metadata?.team).toBe('x');
    expect(changed.metadata?.jobdeck?.priority).toBe(7);
  });

  it('keeps directory and environment when the kind changes, and no field of the kind before', () => {
    const shell = withForm(EMPTY_DOCUMENT, { shell: 'x', cwd: '/tmp', env: { A: '1' } });
    const program = withForm(shell, { kind: 'program', program: 'ls', args: ['-l'] });
    expect(program.metadata?.jobdeck?.task).toEqual({
      kind: 'command',
      program: 'ls',
      args: ['-l'],
      cwd: '/tmp',
      env: { A: '1' },
    });
  });

  it('leaves a task of a kind without a form as it is', () => {
    const task = { kind: 'http' as const, url: 'https://x.example' };
    const document: BatchJobDocument = { metadata: { jobdeck: { version: 1, task } } };
    expect(formOf(document).kind).toBeNull();
    expect(withForm(document, { name: 'n' }).metadata?.jobdeck?.task).toEqual(task);
  });

  it('shows values of a wrong type as empty instead of failing', () => {
    const document = parseDraft(
      '{"metadata":{"jobdeck":{"name":3,"tags":"x","task":{"kind":"command","args":7}}}}',
    );
    expect(formOf(document ?? {})).toMatchObject({ name: '', tags: [], args: [], kind: 'shell' });
    expect(formOf(parseDraft('{"metadata":[]}') ?? {}).name).toBe('');
  });

  it('is no draft while its JSON is not an object', () => {
    for (const text of ['', '{', '[]', 'null', '3']) expect(parseDraft(text)).toBeNull();
  });
});

describe('a timeout', () => {
  it.each([
    ['', null],
    ['90', 90_000],
    ['90 s', 90_000],
    ['5min', 300_000],
    ['1.5 h', 5_400_000],
    ['250 ms', 250],
    ['0', undefined],
    ['soon', undefined],
    ['-3 s', undefined],
  ])('is read from "%s"', (text, ms) => {
    expect(parseTimeout(text)).toBe(ms);
  });

  it('is written so that it is read back as it was', () => {
    for (const ms of [null, 1, 250, 1000, 90_000, 300_000, 5_400_000, 7_200_000, 86_400_000]) {
      expect(parseTimeout(timeoutText(ms))).toBe(ms);
    }
  });
});
