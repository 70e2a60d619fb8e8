import { expect, it } from 'vitest';
import { BACKUP_FORMAT } from '../../../../src-main/adapters/backup/backup-format.ts';
import { checkedDocuments } from '../../../../src-main/adapters/documents/checked-documents.ts';
import { textSource } from '../../../../src-main/adapters/documents/document-source.ts';
import { itemResultLine } from '../../../../src-main/adapters/items/item-results.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';

const ORIGIN = { now: '2026-11-24T09:00:00Z', uuid: () => crypto.randomUUID(), by: 'user-a' };

async function checked(lines: readonly unknown[]) {
  const source = textSource('file.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
  const found = [];
  for await (const documents of checkedDocuments(source, ORIGIN)) found.push(...documents);
  return found.map(({ checked: { valid, errors } }) => (valid ? 'a job' : errors[0]?.message));
}

const result = JSON.parse(
  itemResultLine({
    jobId: sampleJob(1).id,
    record: {
      ...{ index: 0, item: 'a', status: 'completed', attempts: 1, duration_ns: 1, ttft_ns: null },
      ...{ result: {}, error: null },
    },
  }),
);

it.each([
  ['a backup', { format: BACKUP_FORMAT, version: 1, createdAt: ORIGIN.now, app: '1' }, 'got a backup'],
  ['results of items', result, "got the results of a batch's items"],
  ['the report of an import', { file: 'a.json', line: 1, id: 'job-1', errors: [] }, 'got the report'],
])('a file that is %s is refused as a whole, once', async (_, first, message) => {
  expect(await checked([first, first, sampleJob(2)])).toEqual([expect.stringContaining(message)]);
});

it('a job is a job, whatever its metadata is called', async () => {
  const metadata = { format: BACKUP_FORMAT, file: 'a', line: 1, errors: [], job_id: 'a', attempts: 1 };
  expect(await checked([{ ...sampleJob(1), metadata }])).toEqual(['a job']);
});
