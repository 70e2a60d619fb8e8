import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { OpenAiBatchFile } from '#shared/contract/items.ts';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { newJob } from '#shared/job/new-job.ts';
import { openAiBatchJob } from '#shared/job/openai-batch.ts';
import { exportItems } from '../../adapters/items/export-items.ts';
import { inspectOpenAiBatch } from '../../adapters/openai-batch/inspect-openai-batch.ts';
import { isSecretName } from '../../adapters/secrets/check-secret.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';
import {
  callbackUrlOf,
  httpUrlOf,
  numberOf,
  oneFile,
  pathOf,
  readArguments,
  usageError,
} from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import type { LineSink } from '../lines.ts';
import { CALLBACK_HELP, CALLBACK_OPTIONS } from '../run/callback-options.ts';
import type { Progress } from '../run/progress.ts';
import { runInDirectory } from '../run/run-directory.ts';
import {
  DATA_HELP,
  type RunOptions,
  runOptionsOf,
  SECRET_OPTIONS,
  SECRETS_HELP,
  SIGNALS_HELP,
} from '../run/run-options.ts';
import { countOf } from '../words.ts';

interface OpenAiBatchCommand {
  file: string;
  baseUrl: string;
  model: string | null;
  concurrency: number | null;
  apiKeySecret: string | null;
  callbackUrl: string | null;
  outPath: string;
  errorsPath: string;
  run: RunOptions;
}

const MAX_ATTEMPTS = 3;
const NO_DOCUMENTS: LineSink = { write: async () => {}, close: async () => {} };

export const openaiBatch = command<OpenAiBatchCommand>({
  name: 'openai-batch',
  summary: "Answer an input file of OpenAI's Batch API by any endpoint.",
  help: `Usage: jobdeck openai-batch FILE --base-url URL --out FILE --errors FILE [--model M]
               [--concurrency N] [--api-key-secret NAME] [--data DIR] [--quiet] ...

Sends each line of FILE ({custom_id, method, url, body}) to an OpenAI-compatible endpoint, and writes the
output and error files of that API. A request is tried up to ${MAX_ATTEMPTS} times where the network, a limit (429) or the
server (5xx) fails it.

  --base-url URL         such as http://127.0.0.1:11434/v1
  --out FILE             answers: {id, custom_id, response, error} a line
  --errors FILE          the same for requests that got no good answer
  --model M              instead of the model that each request names
  --concurrency N        send at most N at a time; one for each core where absent
  --api-key-secret NAME  send the secret NAME as bearer token
  --callback-url URL     post to URL when the batch has ended
  --quiet                no progress and no notes, only errors
${DATA_HELP}${SECRETS_HELP}${CALLBACK_HELP}
With --data, the same FILE, URL and model are one batch: called again after a kill, it goes on where that
was, and sends no request again that was answered.

${SIGNALS_HELP}
Exit code 0: all answered; 1: some were not, or with --wait-callbacks a callback was not delivered; 2: bad
usage or an invalid FILE, and nothing was sent; 130: stopped by a signal, with what was answered in the files.
`,
  parse(args) {
    const { values, positionals } = readArguments('openai-batch', args, {
      'base-url': { type: 'string' },
      out: { type: 'string' },
      errors: { type: 'string' },
      model: { type: 'string' },
      concurrency: { type: 'string' },
      'api-key-secret': { type: 'string' },
      'callback-url': { type: 'string' },
      data: { type: 'string' },
      quiet: { type: 'boolean' },
      ...SECRET_OPTIONS,
      ...CALLBACK_OPTIONS,
    });
    const { out, errors, ...rest } = values;
    const run = runOptionsOf(rest);
    return {
      file: oneFile('openai-batch', positionals),
      baseUrl: httpUrlOf('base-url', 'http://127.0.0.1:11434/v1', values['base-url']).replace(/\/+$/u, ''),
      model: modelOf(values.model),
      concurrency: numberOf('concurrency', values.concurrency, 1, 1024),
      apiKeySecret: secretNameOf(values['api-key-secret']),
      callbackUrl: callbackUrlOf('callback-url', values['callback-url']),
      outPath: needed('out', out),
      errorsPath: needed('errors', errors),
      run,
    };
  },
  async run(given, context) {
    const { cwd } = context.io;
    const path = resolve(cwd, given.file);
    const outPath = resolve(cwd, given.outPath);
    const errorPath = resolve(cwd, given.errorsPath);
    if (new Set([path, outPath, errorPath]).size < 3) {
      throw usageError('openai-batch: Expected three different files: FILE, --out and --errors.');
    }
    const file = await inspectOpenAiBatch(path);
    refuseWrong(file, given.file);
    const id = await idOf(path, given);
    const profile = profileOf(given, id);
    const job = jobOf(file, given, id, profile);
    return runInDirectory(given.run, context, {
      mode: 'replace',
      sink: NO_DOCUMENTS,
      jobs({ profiles }) {
        if (profile !== null) profiles.save(profile);
        return [job];
      },
      conclude: (workspace, code, progress) =>
        writeFiles(workspace, job, { outPath, errorPath }, code, progress),
    });
  },
});

async function writeFiles(
  { items, outputPath }: Workspace,
  job: BatchJob,
  { outPath, errorPath }: { outPath: string; errorPath: string },
  code: number,
  progress: Progress,
): Promise<number> {
  // Stopped before its items were read: there is nothing to write.
  if (code === EXIT.stopped && !items.isLoaded(job.id)) return code;
  const { count } = await exportItems(
    { jobIds: [job.id], format: 'openai-batch', path: outPath, errorPath },
    { items, outputPath },
  );
  const { completed } = items.counts(job.id);
  progress.note(`${countOf(completed, 'request')} of ${count} answered.`);
  if (code === EXIT.stopped) return code;
  return completed === count ? code : EXIT.some;
}

function refuseWrong({ problems }: OpenAiBatchFile, name: string): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ line, message }) => `${name}:${line}: ${message}`);
  throw new AppError('invalid-document', `${lines.join('\n')}\nNothing was sent.`);
}

function jobOf(
  file: OpenAiBatchFile,
  { baseUrl, model, concurrency, callbackUrl }: OpenAiBatchCommand,
  id: string,
  profile: ModelProfile | null,
): BatchJob {
  const request = openAiBatchJob(file, {
    baseUrl,
    ...(model !== null && { model }),
    ...(concurrency !== null && { concurrency }),
  });
  const job = newJob(
    // A request that a kill interrupted is sent again.
    { ...request, retry: { max_attempts: MAX_ATTEMPTS }, on_interrupt: 'rerun' },
    { now: SYSTEM_CLOCK.now(), uuid: () => id, by: null },
    { jobType: 'batch', callbackUrl },
  );
  return { ...job, agent_id: profile?.id ?? null };
}

/** The endpoint's key comes with a profile of its own: the secret is sent to this address alone. */
function profileOf({ baseUrl, apiKeySecret }: OpenAiBatchCommand, id: string): ModelProfile | null {
  if (apiKeySecret === null) return null;
  return {
    id: `agent-${id}` as ModelProfile['id'],
    name: `openai-batch ${baseUrl}`,
    base_url: baseUrl,
    model: null,
    parameters: {},
    secret_name: apiKeySecret,
  };
}

/** The same UUID for the same requests to the same address: calling again finds the batch that was begun. */
async function idOf(path: string, { baseUrl, model }: OpenAiBatchCommand): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([baseUrl, model]));
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const hex = hash.digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function secretNameOf(value: string | undefined): string | null {
  if (value === undefined || isSecretName(value)) return value ?? null;
  throw usageError('Expected the name of a secret after --api-key-secret, and not the key itself.');
}

function modelOf(value: string | undefined): string | null {
  if (value === '') throw usageError('openai-batch: Expected --model NAME, got an empty name.');
  return value ?? null;
}

function needed(option: 'out' | 'errors', value: string | undefined): string {
  const path = pathOf(option, value);
  if (path === null) throw usageError(`openai-batch: Expected --${option} FILE.`);
  return path;
}
