import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../../../src-main/adapters/validators/index.ts';
import {
  secretNameProblem,
  secretValueProblem,
} from '../../../../../src-renderer/features/settings/secrets/secret-form.ts';

describe('a secret', () => {
  it.each(['OPENAI_API_KEY', '_x', 'a1'])('may be called %s', (name) => {
    expect(secretNameProblem(name)).toBeNull();
    expect(checkRequest('secret:save', { name, value: 'value' })).toBeNull();
  });

  it.each(['', '1a', 'a-b', 'a b', 'ä'])('may not be called %j', (name) => {
    expect(secretNameProblem(name)).toMatch(/OPENAI_API_KEY/);
  });

  it('is long enough to be kept out of output, and not endless', () => {
    expect(secretValueProblem('abc')).toMatch(/at least 4/);
    expect(secretValueProblem('abcd')).toBeNull();
    expect(secretValueProblem('x'.repeat(65_537))).toMatch(/at most/);
  });
});
