import { describe, expect, it } from 'vitest';
import type { CheckedDocument } from '#shared/contract/documents.ts';
import { newJob } from '#shared/job/new-job.ts';
import {
  emptyListing,
  filtered,
  withPage,
} from '../../../../../src-renderer/features/import/import-listing.ts';
import {
  countsLine,
  importedSentence,
  whyNothing,
} from '../../../../../src-renderer/features/import/import-words.ts';

const NOTHING = { added: [], same: [], conflicting: [] };

function documentOf(index: number, change: Partial<CheckedDocument> = {}): CheckedDocument {
  const uuid = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const job = newJob(
    { name: `Job ${index}`, task: { kind: 'command', shell: 'true' } },
    { now: '2026-11-23T09:00:00Z', uuid: () => uuid, by: null },
  );
  return {
    file: 'a.ndjson',
    line: index + 1,
    index,
    id: job.id,
    valid: true,
    errors: [],
    repairs: [],
    job,
    ...change,
  };
}
const wrong = (index: number) =>
  documentOf(index, { job: null, valid: false, errors: [{ path: '/status', message: 'Expected one of …' }] });
const repaired = (index: number) =>
  documentOf(index, { repairs: [{ path: '/created_at', message: 'Read as UTC.' }] });

describe('the listing of an import', () => {
  it('counts each document once by its outcome, and repaired ones besides', () => {
    const documents = [documentOf(0), wrong(1), repaired(2), documentOf(3), documentOf(4)];
    const ids = documents.map((document) => document.job?.id);
    const { counts } = withPage(emptyListing([{ name: 'a.ndjson', sizeBytes: 9 }]), documents, {
      ...NOTHING,
      same: ids.slice(3, 4).filter((id) => id !== undefined),
      conflicting: ids.slice(4, 5).filter((id) => id !== undefined),
    });
    expect(counts).toEqual({ all: 5, new: 2, repaired: 1, same: 1, conflict: 1, invalid: 1, waiting: 2 });
    expect(countsLine(counts)).toBe('2 new, 1 here already, 1 in conflict, 1 invalid; 1 of them repaired');
  });

  it('says of an invalid document what is wrong and of a repaired one what was changed', () => {
    const { lines } = withPage(emptyListing([]), [wrong(0), repaired(1)], NOTHING);
    expect(lines.map(({ outcome, notes }) => [outcome, notes[0]?.path])).toEqual([
      ['invalid', '/status'],
      ['new', '/created_at'],
    ]);
    expect(filtered(lines, 'repaired').map(({ place }) => place)).toEqual([1]);
    expect(filtered(lines, 'invalid').map(({ place }) => place)).toEqual([0]);
  });

  it('counts by file, also where two files have one name', () => {
    const files = [
      { name: 'a.ndjson', sizeBytes: 1 },
      { name: 'a.ndjson', sizeBytes: 2 },
    ];
    const listing = withPage(emptyListing(files), [documentOf(0), documentOf(1), wrong(0)], NOTHING);
    expect(listing.files.map(({ counts }) => [counts.new, counts.invalid])).toEqual([
      [2, 0],
      [0, 1],
    ]);
  });

  it('leaves the listing that it was given as it was', () => {
    const before = emptyListing([{ name: 'a.ndjson', sizeBytes: 1 }]);
    withPage(before, [documentOf(0)], NOTHING);
    expect(before).toEqual(emptyListing([{ name: 'a.ndjson', sizeBytes: 1 }]));
  });
});

describe('the words of an import', () => {
  it('say how many came in, what they wait for, and what was left out', () => {
    const report = {
      added: [documentOf(0), documentOf(1)].map(({ job }) => job?.id ?? ''),
      same: 1,
      conflicting: [],
      invalid: 2,
    };
    expect(importedSentence(report as never, 2)).toEqual({
      sentence: '2 jobs imported.',
      detail: 'They wait for your approval to run. Left out: 1 already here, 2 not valid.',
    });
  });

  it('say why nothing can be imported, and nothing where something can', () => {
    const { counts: bad } = withPage(emptyListing([]), [wrong(0)], NOTHING);
    expect(whyNothing(bad)?.tone).toBe('bad');
    const { counts: good } = withPage(emptyListing([]), [documentOf(0)], NOTHING);
    expect(whyNothing(good)).toBeNull();
  });
});
