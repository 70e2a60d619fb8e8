import { describe, expect, it } from 'vitest';
import { historyProblem, outputProblem } from '../../../../src-renderer/words/read-problem-words.ts';

const closed = new DOMException('The connection is closing.', 'InvalidStateError');

describe('why something could not be read', () => {
  it('is what the database says, where it is the database', () => {
    expect(historyProblem(closed)).toBe(
      'The history could not be read. The history was closed: its storage was deleted, or is damaged. Reload this window; where the history is gone, it comes back from the newest backup.',
    );
    expect(outputProblem(closed)).toBe(historyProblem(closed));
  });

  it('is what went wrong, in its own words, where it is anything else', () => {
    expect(historyProblem(new Error('A row is no job'))).toBe(
      'The history could not be read. A row is no job. Reload the window; if this stays, restart Jobdeck.',
    );
    expect(outputProblem(new Error('The runner did not answer.'))).toBe(
      'The output could not be searched to its end. The runner did not answer. What was found stays.',
    );
  });
});
