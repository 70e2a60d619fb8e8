/** Exports one file after another until it is killed: `export-for-ever.ts DATA FOLDER PACKING`. */
import { join } from 'node:path';
import { EXPORT_PACKINGS } from '#shared/contract/exports.ts';
import { createExports } from '../../../src-main/adapters/export/export-session.ts';
import { job, WHOLE } from './support.ts';

const [dataDirectory = '', folder = '', wanted] = process.argv.slice(2);
const packing = EXPORT_PACKINGS.find((each) => each === wanted) ?? 'plain';
const exports = createExports(
  {
    dataDirectory,
    items: { isLoaded: () => false, page: () => [] },
    outputPath: async () => null,
  },
  (problem) => {
    throw problem;
  },
);
for (let round = 0; ; round++) {
  // A folder gets a new name each time; a file is replaced.
  const name = packing === 'folder' ? `jobs-${process.pid}-${round}` : 'jobs';
  const { exportId } = await exports.beginJobs(join(folder, name), {
    ...{ format: 'ndjson', packing, redaction: WHOLE },
  });
  process.stdout.write('begun\n');
  for (let page = 0; page < 5; page++) {
    await exports.write(
      exportId,
      Array.from({ length: 400 }, (_, n) => job(page * 400 + n)),
    );
  }
  await exports.finish(exportId);
  process.stdout.write('finished\n');
}
