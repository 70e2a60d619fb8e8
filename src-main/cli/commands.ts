/** All commands, in the order in which the help lists them. */
import type { CliCommand } from './command.ts';
import { add } from './commands/add.ts';
import { callbacks } from './commands/callbacks.ts';
import { cancel } from './commands/cancel.ts';
import { convert } from './commands/convert.ts';
import { diff } from './commands/diff.ts';
import { list } from './commands/list.ts';
import { listen } from './commands/listen.ts';
import { log } from './commands/log.ts';
import { openaiBatch } from './commands/openai-batch.ts';
import { queue } from './commands/queue.ts';
import { resume } from './commands/resume.ts';
import { retryFailed } from './commands/retry-failed.ts';
import { run } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { show } from './commands/show.ts';
import { continueJobs, suspend } from './commands/suspend.ts';
import { validate } from './commands/validate.ts';

export const COMMANDS: readonly CliCommand[] = [
  run,
  resume,
  add,
  list,
  show,
  log,
  cancel,
  retryFailed,
  suspend,
  continueJobs,
  queue,
  callbacks,
  listen,
  openaiBatch,
  validate,
  convert,
  diff,
  schema,
];
