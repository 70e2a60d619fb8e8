import { describe, expect, it } from 'vitest';
import {
  keptOutput,
  keptWords,
  noAttemptWords,
  noOutputWords,
} from '../../../../src-renderer/words/output-words.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';

describe('output that is not here', () => {
  it('is what its record keeps of each stream', () => {
    const result = { stdout: 'a\n', stdout_bytes: 2, stderr: '', stderr_bytes: 9_000, truncated: true };
    expect(keptOutput(result, 'stdout')).toEqual({ text: 'a\n', sizeBytes: 2, isWhole: false });
    expect(keptOutput(result, 'stderr')).toEqual({ text: '', sizeBytes: 9_000, isWhole: false });
    expect(keptOutput({ text: 'An answer' }, 'stdout')).toEqual({
      text: 'An answer',
      sizeBytes: undefined,
      isWhole: true,
    });
    expect(keptOutput(undefined, 'stdout')).toBeNull();
    expect(keptOutput(null, 'stdout')).toBeNull();
  });

  it('is told apart from none at all', () => {
    const kept = { text: '', isWhole: true };
    expect(noOutputWords({ ...kept, sizeBytes: 0 })).toBe('It printed nothing.');
    expect(noOutputWords({ ...kept, sizeBytes: 2048 })).toMatch(
      /^It printed 2(?:\.0)? .?B, which is not here/u,
    );
    expect(noOutputWords({ ...kept, sizeBytes: undefined })).toBe('Nothing that it printed is here.');
    expect(noOutputWords(null)).toBe('Nothing that it printed is here.');
  });

  it('is said to be from the record, and whether that has all of it', () => {
    const kept = { text: 'a', sizeBytes: 1 };
    expect(keptWords({ ...kept, isWhole: true })).toMatch(/^From its record:/u);
    expect(keptWords({ ...kept, isWhole: false })).toMatch(/^Its beginning and its end, from its record:/u);
  });
});

describe('a job without an attempt', () => {
  it.each(['created', 'pending', 'running'] as const)('that is %s has not run yet', (status) => {
    expect(noAttemptWords({ ...sampleJob(1), status })).toMatch(/^It has not run yet/u);
  });

  it.each(['completed', 'failed'] as const)('that is %s ran elsewhere', (status) => {
    expect(noAttemptWords({ ...sampleJob(1), status })).toMatch(/^It ran elsewhere/u);
  });

  it.each(['cancelled', 'expired'] as const)('that is %s did not run', (status) => {
    expect(noAttemptWords({ ...sampleJob(1), status })).toMatch(/^It did not run/u);
  });

  it('that failed for what it had to wait for did not run', () => {
    const error = { code: 'dependency', message: 'Another failed.' } as const;
    const metadata = { jobdeck: { version: 1, error } } as never;
    expect(noAttemptWords({ ...sampleJob(1), status: 'failed', metadata })).toMatch(/^It did not run/u);
  });
});
