/** How fast documents are cut apart, parsed, checked and repaired, beside `JSON.parse` and the bare validator of ajv. */
import { createReadStream, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { JOB_DOCUMENT_SCHEMA } from '#shared/job/job-schema.ts';
import { checkedDocuments } from '../../../src-main/adapters/documents/checked-documents.ts';
import { fileSource } from '../../../src-main/adapters/documents/document-source.ts';
import { validatorOf } from '../../../src-main/adapters/validators/compile.ts';
import { atLeast, type Figure, figureOf } from '../figures.ts';
import { perSecond, takeTurns } from '../rounds.ts';
import { temporaryDirectory } from '../runner/own-runner.ts';
import { historyJob } from './history-jobs.ts';

const DOCUMENTS = 20_000;
const ROUNDS = 5;

export async function validation(): Promise<Figure[]> {
  const directory = temporaryDirectory();
  const path = join(directory, 'jobs.ndjson');
  const lines = Array.from({ length: DOCUMENTS }, (_, number) => JSON.stringify(historyJob(number)));
  writeFileSync(path, `${lines.join('\n')}\n`);
  const measured = await takeTurns(
    {
      ours: () => perSecond(DOCUMENTS, () => ours(path)),
      'bare ajv': () => perSecond(DOCUMENTS, () => bare(path)),
    },
    ROUNDS,
  );
  rmSync(directory, { recursive: true });
  const figure = figureOf('documents read and checked', 'documents/s', measured);
  return [{ ...figure, goals: atLeast(0.5, 'bare ajv', figure) }];
}

async function ours(path: string): Promise<void> {
  let valid = 0;
  const origin = { now: new Date().toISOString(), uuid: () => crypto.randomUUID(), by: null };
  for await (const page of checkedDocuments(fileSource(path, 'jobs.ndjson', statSync(path).size), origin)) {
    valid += page.filter(({ checked }) => checked.valid).length;
  }
  expectAll(valid);
}

async function bare(path: string): Promise<void> {
  const validate = validatorOf(JOB_DOCUMENT_SCHEMA);
  let valid = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (validate(JSON.parse(line))) valid += 1;
  }
  expectAll(valid);
}

function expectAll(valid: number): void {
  if (valid !== DOCUMENTS) throw new Error(`Expected ${DOCUMENTS} valid documents, got ${valid}.`);
}
