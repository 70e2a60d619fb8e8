/** What the tests of exports share. */

import type { ImportedDocument } from '#shared/contract/documents.ts';
import type { Redaction } from '#shared/contract/exports.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { createImports } from '../../../src-main/adapters/documents/import-session.ts';
import {
  type JobExport,
  type JobExportContext,
  type JobExportOptions,
  openJobExport,
} from '../../../src-main/adapters/export/job-export.ts';
import { JOB } from '../../unit/adapters/validators/samples.ts';

export const WHOLE: Redaction = { callbackUrls: false, metadataValues: false };
export const NO_FILES: JobExportContext = { filesOf: async function* () {} };

export function job(n: number, rest: Partial<BatchJob> = {}): BatchJob {
  return {
    ...JOB,
    id: `job-${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` as BatchJob['id'],
    ...rest,
  };
}

export function open(
  path: string,
  options: Partial<JobExportOptions> = {},
  context: JobExportContext = NO_FILES,
): Promise<JobExport> {
  return openJobExport(path, { format: 'ndjson', packing: 'plain', redaction: WHOLE, ...options }, context);
}

/** What an import makes of a file, all of it. */
export async function imported(path: string): Promise<ImportedDocument[]> {
  const imports = createImports(() => '2026-12-01T00:00:00Z');
  const { importId } = await imports.openImport([path]);
  await new Promise<void>((resolve) => {
    const look = (state: string): void => {
      if (state !== 'reading') resolve();
    };
    imports.onProgress(({ state }) => look(state));
    void imports.progress(importId).then(({ state }) => look(state));
  });
  const documents: ImportedDocument[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page = await imports.readPage({ importId, filter: 'all', after, limit: 1000 });
    documents.push(...(parseJson(page.documents) as ImportedDocument[]));
    after = page.next;
  }
  const { problem } = await imports.progress(importId);
  await imports.closeAll();
  if (problem !== null) throw new Error(problem);
  return documents;
}
