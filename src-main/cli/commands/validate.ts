import { randomUUID } from 'node:crypto';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import type { Origin } from '#shared/job/new-job.ts';
import { checkedDocuments } from '../../adapters/documents/checked-documents.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import { filesOf, readArguments } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { writeOut } from '../lines.ts';
import { createRequestCheck } from '../run/check-request.ts';
import { openSources } from '../sources.ts';

export const validate = command({
  name: 'validate',
  summary: 'Say of each document whether it is valid, and what is wrong.',
  help: `Usage: jobdeck validate FILE...

Prints a line of NDJSON for each document, and runs nothing: {file, line, index, id, valid, errors,
repairs}. Errors are what the schema does not allow, and what can't be run: a schedule that has no
times, placeholders without items, jobs that wait for each other. Repairs are what an import changes.

Exit code 0: all valid; 1: some are not; 2: bad usage.
`,
  parse: (args) => ({ files: filesOf('validate', readArguments('validate', args, {}).positionals) }),
  async run({ files }, { io }) {
    const sources = await openSources(files, io);
    const origin: Origin = { now: SYSTEM_CLOCK.now(), uuid: randomUUID, by: null };
    const checkRequest = createRequestCheck(origin.now);
    let invalid = 0;
    for (const source of sources) {
      for await (const found of checkedDocuments(source, origin)) {
        for (const { parsed, checked } of found) {
          const { file, line, index, id, repairs } = checked;
          const more = checked.valid ? checkRequest(parsed.value as BatchJobDocument) : [];
          const errors = [...checked.errors, ...more];
          const valid = errors.length === 0 && checked.valid;
          if (!valid) invalid++;
          await writeOut(io.stdout, `${JSON.stringify({ file, line, index, id, valid, errors, repairs })}\n`);
        }
      }
    }
    return invalid === 0 ? EXIT.ok : EXIT.some;
  },
});
