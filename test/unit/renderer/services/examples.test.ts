import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../src-main/adapters/validators/index.ts';
import { formOf } from '../../../../src-renderer/features/new-job/draft/draft.ts';
import { draftProblems } from '../../../../src-renderer/features/new-job/draft/problems.ts';
import { examples, startingPoints } from '../../../../src-renderer/services/examples.ts';

describe('the jobs that come with the application', () => {
  const all = [...examples(), ...startingPoints()];

  it('are valid, and would not fail at once', () => {
    expect(all.length).toBeGreaterThan(8);
    for (const { document } of all) {
      expect(checkDocument(document)).toEqual([]);
      expect(draftProblems(formOf(document))).toEqual([]);
    }
  });

  it('have a name and a note of their own each', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ notes }) => notes === '')).toEqual([]);
  });

  it('show a call of a model, a request, a batch and a schedule', () => {
    const forms = startingPoints().map(({ document }) => formOf(document));
    expect(forms.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['model', 'http', 'program', 'shell']),
    );
    expect(forms.some(({ items }) => items !== undefined)).toBe(true);
    expect(forms.some(({ hasSchedule }) => hasSchedule)).toBe(true);
  });
});
