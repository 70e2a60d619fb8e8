/** What is kept as JSON text has the names that it was given when it is read back, whatever was read before it. */
import { expect, it, onTestFinished } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseLine } from '../../../src-main/adapters/backup/backup-format.ts';
import { openControlFile } from '../../../src-main/adapters/control/control-file.ts';
import { openComparison } from '../../../src-main/adapters/documents/comparison.ts';
import { createImports } from '../../../src-main/adapters/documents/import-session.ts';
import { parseJson } from '../../../src-main/adapters/llm/json-value.ts';
import { draftOf } from '../../fakes/journal-contract.ts';
import { misreadNames } from '../../fakes/misread-names.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { readAll, readThrough } from '../documents/import-bench.ts';
import { openItems } from '../items/harness.ts';
import { openJournal, temporaryDirectory } from '../journal/harness.ts';

const pairOf = (prefix: string) => Object.values(misreadNames(prefix));
const holding = (index: number, metadata: Record<string, unknown>): BatchJob => ({
  ...sampleJob(index),
  metadata,
});

it('a document, in its file and in the spool of an import', async () => {
  const imports = createImports(() => '2026-12-01T00:00:00.000Z');
  onTestFinished(imports.closeAll);
  const lines = pairOf('import').map((metadata, index) => `${JSON.stringify(holding(index, metadata))}\n`);
  const { importId } = await readThrough(imports, imports.importText('text', lines.join('')));
  const documents = await readAll(imports, importId);
  expect(documents.map(({ job, valid }) => ({ metadata: job?.metadata, valid }))).toEqual(
    pairOf('import').map((metadata) => ({ metadata, valid: true })),
  );
});

it('a job in the journal', async () => {
  const { journal } = openJournal();
  for (const [index, metadata] of pairOf('journal').entries()) {
    const draft = draftOf('pending', index + 1);
    await journal.append({ event: { ...draft, job: { ...draft.job, metadata } } });
  }
  const kept = [1, 2].map((number) => journal.find(draftOf('pending', number).jobId)?.job.metadata);
  expect(kept).toEqual(pairOf('journal'));
});

it('an item of a batch', async () => {
  const { store } = openItems();
  const items = pairOf('items').map((item, index) => ({ index, item }));
  const { id } = sampleJob(1);
  await store.load(
    id,
    (async function* () {
      yield items;
    })(),
  );
  expect(store.page(id, null, -1, 10).map(({ item }) => item)).toEqual(pairOf('items'));
});

it('a request of another process, and its answer', () => {
  const file = openControlFile(temporaryDirectory());
  onTestFinished(file.close);
  for (const request of pairOf('control')) file.ask(request, Number.MAX_SAFE_INTEGER);
  const taken = [file.take(0), file.take(0)];
  expect(taken.map((each) => each?.request)).toEqual(pairOf('control'));
  for (const [at, answer] of pairOf('answer').entries()) file.answer(taken[at]?.id ?? 0, answer);
  expect(taken.map((each) => file.answerTo(each?.id ?? 0))).toEqual(pairOf('answer'));
});

it('a record that is compared with another one', () => {
  const comparison = openComparison();
  onTestFinished(comparison.close);
  const jobs = pairOf('comparison').map((metadata, index) => holding(index, metadata));
  for (const job of jobs) comparison.addA(job);
  // Written in another order, so that the texts are not the same.
  const told = jobs.map(({ id, ...job }) => comparison.compareB({ ...job, id, background: true }));
  expect(told.map((each) => each.kind === 'changed' && each.differences.map(({ path }) => path))).toEqual([
    ['/background'],
    ['/background'],
  ]);
});

it('a line of a backup, and what a model answers', () => {
  for (const [prefix, read] of [
    ['backup', parseLine],
    ['model', parseJson],
  ] as const) {
    const texts = pairOf(prefix).map((value) => JSON.stringify(value));
    expect(texts.map((text) => JSON.stringify(read(text)))).toEqual(texts);
  }
});
