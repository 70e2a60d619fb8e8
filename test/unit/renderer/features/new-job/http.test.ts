import { describe, expect, it } from 'vitest';
import {
  bodyAs,
  bodyKindOf,
  parseStatusList,
} from '../../../../../src-renderer/features/new-job/draft/http.ts';

describe('the body of a request', () => {
  it('is of the kind that was chosen, whatever it was before', () => {
    for (const before of [undefined, '', 'text', '{"a":1}', '"text"', { a: 1 }, [1], 3, null]) {
      for (const kind of ['none', 'text', 'json'] as const)
        expect(bodyKindOf(bodyAs(kind, before))).toBe(kind);
    }
  });

  it('keeps its content where the other kind can hold it', () => {
    expect(bodyAs('json', '{"a": 1}')).toEqual({ a: 1 });
    expect(bodyAs('text', { a: 1 })).toBe('{\n  "a": 1\n}');
    expect(bodyAs('json', 'no JSON')).toEqual({});
  });
});

describe('the answers that are a success', () => {
  it.each([
    ['2xx, 304', ['2xx', '304']],
    ['200 200', ['200']],
    ['', []],
    ['2XX', undefined],
    ['600', undefined],
    ['ok', undefined],
  ])('are read from "%s"', (line, list) => {
    expect(parseStatusList(line)).toEqual(list);
  });
});
