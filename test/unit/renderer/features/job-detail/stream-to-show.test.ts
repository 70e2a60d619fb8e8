import { expect, it } from 'vitest';
import { streamToShow } from '../../../../../src-renderer/features/job-detail/output/stream-to-show.ts';

it('shows the errors first where a job printed nothing else', () => {
  expect(streamToShow({ stdout_bytes: 0, stderr_bytes: 3 })).toBe('stderr');
});

it('shows the output first of a job that printed both, nothing, or runs still', () => {
  expect(streamToShow({ stdout_bytes: 1, stderr_bytes: 3 })).toBe('stdout');
  expect(streamToShow({ stdout_bytes: 0, stderr_bytes: 0 })).toBe('stdout');
  expect(streamToShow(undefined)).toBe('stdout');
});
