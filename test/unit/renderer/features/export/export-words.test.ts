import { describe, expect, it } from 'vitest';
import { exportHint } from '../../../../../src-renderer/features/export/export-words.ts';

const NOTHING = { callbackUrls: false, metadataValues: false };

describe('what is said of an export', () => {
  it('promises the same history of whole records alone', () => {
    const promise = 'gives the same history again';
    expect(exportHint('array', 'plain', NOTHING)).toContain(promise);
    expect(exportHint('array', 'plain', { ...NOTHING, callbackUrls: true })).not.toContain(promise);
    expect(exportHint('ndjson', 'gzip', { ...NOTHING, metadataValues: true })).not.toContain(promise);
  });

  it('says what is lost by each thing that is left out', () => {
    expect(exportHint('array', 'plain', { ...NOTHING, callbackUrls: true })).toContain('nobody is told');
    expect(exportHint('array', 'plain', { callbackUrls: true, metadataValues: true })).toContain(
      'nothing of them can run',
    );
  });

  it('names the output where it comes along, and that a sheet is no way back', () => {
    expect(exportHint('ndjson', 'zip', NOTHING)).toContain(
      'all that each of their attempts and items printed',
    );
    expect(exportHint('csv', 'plain', NOTHING)).toContain('cannot be imported again');
  });
});
