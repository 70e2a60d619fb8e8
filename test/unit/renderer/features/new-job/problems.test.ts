import { describe, expect, it } from 'vitest';
import {
  type DraftFields,
  EMPTY_DOCUMENT,
  formOf,
  withForm,
} from '../../../../../src-renderer/features/new-job/draft/draft.ts';
import { draftProblems } from '../../../../../src-renderer/features/new-job/draft/problems.ts';
import { taskAs } from '../../../../../src-renderer/features/new-job/draft/task-kind.ts';

const pathsOf = (change: Partial<DraftFields>) =>
  draftProblems(formOf(withForm(EMPTY_DOCUMENT, change))).map(({ path }) => path);
const TASK = '/metadata/jobdeck/task';

describe('what would fail at once', () => {
  it('is nothing in a task that is whole', () => {
    expect(pathsOf({ shell: 'true' })).toEqual([]);
    expect(pathsOf({ task: taskAs('http', undefined), url: '{{item.url}}' })).toEqual([]);
  });

  it('is an empty line, a program without a name, an address that is none', () => {
    expect(pathsOf({})).toEqual([`${TASK}/shell`]);
    expect(pathsOf({ task: taskAs('program', undefined) })).toEqual([`${TASK}/program`]);
    expect(pathsOf({ task: taskAs('http', undefined), url: 'example.org' })).toEqual([`${TASK}/url`]);
  });

  it('is a callback that could not be sent', () => {
    expect(pathsOf({ shell: 'true', callbackUrl: 'https://example.org/done' })).toEqual([]);
    for (const callbackUrl of ['example.org', 'ftp://example.org', 'https://me:secret@example.org']) {
      expect(pathsOf({ shell: 'true', callbackUrl })).toEqual(['/callback_url']);
    }
  });

  it('is a model with neither a profile nor an address', () => {
    const task = taskAs('model', undefined);
    expect(pathsOf({ task })).toEqual([`${TASK}/base_url`]);
    expect(pathsOf({ task, agentId: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e' })).toEqual([]);
    expect(pathsOf({ task, baseUrl: 'http://127.0.0.1:11434/v1' })).toEqual([]);
  });

  it('is a batch with nothing to work on', () => {
    const items = '/metadata/jobdeck/items';
    expect(pathsOf({ shell: 'x', items: { values: [] } })).toEqual([items]);
    expect(pathsOf({ shell: 'x', items: { file: '', format: 'csv' } })).toEqual([`${items}/file`]);
    expect(pathsOf({ shell: 'x', items: { matrix: { a: [1], b: [] } } })).toEqual([`${items}/matrix`]);
    expect(pathsOf({ shell: 'x', items: { matrix: {} } })).toEqual([`${items}/matrix`]);
  });
});
