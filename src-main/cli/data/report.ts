/** Says what became of what was asked for, job by job. */
import type { ControlReport } from '../../adapters/control/control-request.ts';
import { type CliIo, EXIT } from '../cli-types.ts';
import { writeOut } from '../lines.ts';

/** Prints a line a job, refusals on standard error. Gives the exit code: `some` where one was refused. */
export async function tellReport({ done, refused }: ControlReport, io: CliIo, word: string): Promise<number> {
  for (const id of done) await writeOut(io.stdout, `${id} ${word}\n`);
  for (const { error } of refused) io.stderr.write(`${error.message}\n`);
  return refused.length === 0 ? EXIT.ok : EXIT.some;
}
