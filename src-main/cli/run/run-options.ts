/** The options of every command that runs jobs, and their help. */
import { resolve } from 'node:path';
import { readSecretsFile } from '../../adapters/secrets/secrets-file.ts';
import { numberOf, pathOf } from '../arguments.ts';
import {
  CALLBACK_HELP,
  CALLBACK_OPTIONS,
  type CallbackOptions,
  type CallbackValues,
  callbackOptionsOf,
} from './callback-options.ts';
import { secretsOf } from './given-secrets.ts';

export interface RunOptions extends CallbackOptions {
  data: string | null;
  out: string | null;
  results: string | null;
  slots: number | null;
  quiet: boolean;
  /** Of `--secret`. */
  secrets: ReadonlyMap<string, string>;
  secretsFile: string | null;
  /** A file of model profiles. */
  profile: string | null;
}

export const SECRET_OPTIONS = {
  secret: { type: 'string', multiple: true },
  'secrets-file': { type: 'string' },
} as const;

export const RUN_OPTIONS = {
  data: { type: 'string' },
  out: { type: 'string' },
  results: { type: 'string' },
  slots: { type: 'string' },
  quiet: { type: 'boolean' },
  profile: { type: 'string' },
  ...SECRET_OPTIONS,
  ...CALLBACK_OPTIONS,
} as const;

interface RunValues extends CallbackValues {
  data?: string;
  out?: string;
  results?: string;
  slots?: string;
  quiet?: boolean;
  profile?: string;
  secret?: string[];
  'secrets-file'?: string;
}

/** @throws AppError `bad-request` */
export function runOptionsOf(values: RunValues): RunOptions {
  return {
    // First: what follows a secret that lacks its "=" is not shown by the other checks.
    secrets: secretsOf(values.secret ?? []),
    ...callbackOptionsOf(values),
    secretsFile: pathOf('secrets-file', values['secrets-file']),
    data: pathOf('data', values.data),
    out: pathOf('out', values.out),
    results: pathOf('results', values.results),
    slots: numberOf('slots', values.slots, 1, 1024),
    quiet: values.quiet === true,
    profile: pathOf('profile', values.profile),
  };
}

/**
 * All secrets that were given: those of the options before those of the file.
 * @throws AppError `bad-request`
 */
export function givenSecrets(
  { secrets, secretsFile }: Pick<RunOptions, 'secrets' | 'secretsFile'>,
  cwd: string,
): ReadonlyMap<string, string> {
  return secretsFile === null
    ? secrets
    : new Map([...readSecretsFile(resolve(cwd, secretsFile)), ...secrets]);
}

export const DATA_HELP = `  --data DIR            keep jobs and their output in DIR, to resume, list and look at them; without
                        it a temporary folder is used and removed at the end
`;

export const SECRETS_HELP = `  --secrets-file FILE   secrets for {{secret.NAME}}: lines of NAME=VALUE or a JSON object; FILE must be
                        readable by you alone (chmod 600)
  --secret NAME=VALUE   the same for one secret; other users can see it in the list of processes
`;

export const RUN_OPTIONS_HELP = `${DATA_HELP}  --out FILE            write finished documents to FILE instead of standard output
  --results FILE        write a line for each item of a batch as it ends: {job_id, index, item, status,
                        attempts, duration_ns, ttft_ns, result, error}
  --slots N             run at most N jobs at a time; one for each core where absent
  --quiet               no progress and no notes, only errors
  --profile FILE        model profiles that jobs name in agent_id: one, or a JSON array of them
${SECRETS_HELP}${CALLBACK_HELP}`;

export const SIGNALS_HELP = `Ctrl-C lets what runs end, items of batches included, and keeps the rest for "resume"; a second
one cancels what runs. TERM and HUP end it at once, as an interruption. Callbacks that are not delivered
stay in DIR.
`;
