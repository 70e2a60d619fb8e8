import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { databaseProblemOf, errorSentence } from '../../../../src-renderer/db/database-problem.ts';

const FULL = new Dexie.QuotaExceededError('no room');

describe('the sentence of an error', () => {
  it('is that of the database where it refused, also where that is behind another error', () => {
    expect(errorSentence(FULL)).toMatch(/^The disk is full.*Free some space/u);
    expect(errorSentence(new Error('The page failed.', { cause: FULL }))).toMatch(/^The disk is full/u);
    expect(errorSentence(new Dexie.DatabaseClosedError())).toMatch(/Reload this window/u);
  });

  it('is its own where the database has none, and where it is no error at all', () => {
    expect(errorSentence(new AppError('io', 'Expected a file.'))).toBe('Expected a file.');
    expect(errorSentence(new Dexie.AbortError('stopped'))).toBe('stopped');
    expect(errorSentence('odd')).toBe('odd');
  });

  it('does not take what another part of the browser refused for a damaged history', () => {
    const unreadable = new DOMException('The file could not be read.', 'NotReadableError');
    expect(databaseProblemOf(unreadable)).toBe('damaged');
    expect(errorSentence(unreadable)).toBe('The file could not be read.');
  });
});
