import { describe, expect, it } from 'vitest';
import { explainSyntax } from '../../../../src-main/adapters/documents/syntax-error.ts';

function explained(text: string) {
  try {
    JSON.parse(text);
  } catch (error) {
    return explainSyntax(text, error);
  }
  throw new Error(`Expected ${text} to be wrong, it was not.`);
}

describe('text that was cut off', () => {
  it.each(['{"id": ', '[1,', '{"a":tru', '{"a": [1, 2', '"half'])(
    'ends where it was cut, and not at its beginning: %s',
    (text) => {
      expect(explained(text).at).toBe(text.length);
    },
  );

  it.each(['{"id": ', '[1,', '{"a":tru'])('is told to be not closed: %s', (text) => {
    expect(explained(text).message).toBe(
      'Expected the document to go on, got its end: something is not closed',
    );
  });
});
