import { type BatchJob, JOB_STATUSES, type JobStatus } from '#shared/job/batch-job.ts';
import { hasOwner } from '../../adapters/control/data-owner.ts';
import { writeDocument } from '../../adapters/documents/write-document.ts';
import { DATA_OPTION, dataOf, nothingMore, readArguments, usageError } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { readingData } from '../data/data-directory.ts';
import { JOB_HEADINGS, jobCells } from '../data/job-cells.ts';
import { shortIds } from '../data/short-ids.ts';
import { tableRow, widthsOf } from '../data/table.ts';
import { writeOut } from '../lines.ts';

const STATUSES: readonly string[] = JOB_STATUSES;

export const list = command({
  name: 'list',
  summary: 'List the jobs of a data directory.',
  help: `Usage: jobdeck list --data DIR [--status STATUS] [--json]

Lists the jobs of DIR in the order in which they were submitted, those that have ended included. It
works while another process runs them. CHANGED is how long ago the job began, ended or was submitted.

  --status STATUS   those with this status alone: ${JOB_STATUSES.filter((status) => status !== 'created').join(', ')}
  --json            the documents, one a line

A job that was running when its process was killed is listed as interrupted until "resume" settles it.

Exit code 0; 2 where DIR is no data directory.
`,
  parse(args) {
    const { values, positionals } = readArguments('list', args, {
      ...DATA_OPTION,
      status: { type: 'string' },
      json: { type: 'boolean' },
    });
    nothingMore('list', positionals);
    return {
      data: dataOf('list', values.data),
      status: values.status === undefined ? null : statusOf(values.status),
      json: values.json === true,
    };
  },
  run: ({ data, status, json }, { io }) =>
    readingData(data, io, async (reader, directory) => {
      const isWanted = (job: BatchJob) => status === null || job.status === status;
      if (json) {
        for (const jobs of reader.pages()) {
          const lines = jobs.filter(isWanted).map((job) => `${writeDocument(job)}\n`);
          if (lines.length > 0) await writeOut(io.stdout, lines.join(''));
        }
        return EXIT.ok;
      }
      const context = {
        reader,
        shortId: shortIds(reader.idsFrom),
        isOwned: hasOwner(directory),
        nowMs: Date.now(),
      };
      let widths: number[] | null = null;
      for (const jobs of reader.pages()) {
        const rows = jobs.filter(isWanted).map((job) => jobCells(job, context));
        if (rows.length === 0) continue;
        const head = widths === null ? [JOB_HEADINGS] : [];
        // Of the first page: the table is written as it is read, however long it is.
        widths ??= widthsOf([JOB_HEADINGS, ...rows]);
        await writeOut(io.stdout, [...head, ...rows].map((cells) => tableRow(cells, widths ?? [])).join(''));
      }
      if (widths === null)
        io.stderr.write(status === null ? 'There are no jobs.\n' : `No job is ${status}.\n`);
      return EXIT.ok;
    }),
});

function statusOf(value: string): JobStatus {
  if (STATUSES.includes(value)) return value as JobStatus;
  throw usageError(
    `list: Expected one of ${STATUSES.join(', ')} after --status, got ${JSON.stringify(value)}.`,
  );
}
