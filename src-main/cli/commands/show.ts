import { inSchemaOrder } from '#shared/job/new-job.ts';
import { DATA_OPTION, dataOf, oneId, readArguments } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { readingData } from '../data/data-directory.ts';
import { findJob } from '../data/find-job.ts';
import { writeOut } from '../lines.ts';

export const show = command({
  name: 'show',
  summary: 'Print the document of one job.',
  help: `Usage: jobdeck show ID --data DIR

Prints the newest document of a job, indented. It works while another process runs the jobs of DIR.

ID may be the beginning of an id, such as job-1a2b.

Exit code 0; 2 where there is no such job.
`,
  parse(args) {
    const { values, positionals } = readArguments('show', args, DATA_OPTION);
    return { data: dataOf('show', values.data), id: oneId('show', positionals) };
  },
  run: ({ data, id }, { io }) =>
    readingData(data, io, async (reader) => {
      await writeOut(io.stdout, `${JSON.stringify(inSchemaOrder(findJob(reader, id)), null, 2)}\n`);
      return EXIT.ok;
    }),
});
