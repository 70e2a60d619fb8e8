/** `validate`: a line of NDJSON for each document, without running anything. */
import { randomUUID } from 'node:crypto';
import type { Origin } from '#shared/job/new-job.ts';
import { checkParsed } from '../adapters/documents/check-parsed.ts';
import { parseDocument } from '../adapters/documents/parse-document.ts';
import { readDocuments } from '../adapters/documents/read-documents.ts';
import { SYSTEM_CLOCK } from '../adapters/system-clock.ts';
import { type CliContext, EXIT } from './cli-types.ts';
import { writeText } from './lines.ts';
import { openSources } from './sources.ts';

export async function validateFiles(files: readonly string[], { io }: CliContext): Promise<number> {
  const sources = await openSources(files, io);
  const origin: Origin = { now: SYSTEM_CLOCK.now(), uuid: randomUUID, by: null };
  let invalid = 0;
  for (const { file, chunks } of sources) {
    for await (const raw of readDocuments(chunks())) {
      const { job: _, ...checked } = checkParsed(parseDocument(raw), file, origin);
      if (!checked.valid) invalid++;
      const { line, index, id, valid, errors, repairs } = checked;
      await writeText(io.stdout, `${JSON.stringify({ file, line, index, id, valid, errors, repairs })}\n`);
    }
  }
  return invalid === 0 ? EXIT.ok : EXIT.some;
}
