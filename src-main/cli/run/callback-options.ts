/** The options of commands that send callbacks, and their help. */
import { resolve } from 'node:path';
import { MAX_SCHEDULE_STEP_MS, MAX_SCHEDULE_STEPS } from '#shared/callback/delivery.ts';
import { parseSigningSecret } from '../../adapters/callback/signing-secret.ts';
import { readOneSecret } from '../../adapters/secrets/secrets-file.ts';
import { pathOf, usageError } from '../arguments.ts';

export interface CallbackSecretOptions {
  callbackSecret: string | null;
  callbackSecretFile: string | null;
}

export interface CallbackOptions extends CallbackSecretOptions {
  /** The run lasts until each callback is delivered or given up. */
  waitsForCallbacks: boolean;
  /** Milliseconds; null for that of the settings. */
  callbackSchedule: number[] | null;
}

export const CALLBACK_SECRET_OPTIONS = {
  'callback-secret': { type: 'string' },
  'callback-secret-file': { type: 'string' },
} as const;

export const CALLBACK_OPTIONS = {
  'wait-callbacks': { type: 'boolean' },
  ...CALLBACK_SECRET_OPTIONS,
  'callback-schedule': { type: 'string' },
} as const;

interface SecretValues {
  'callback-secret'?: string;
  'callback-secret-file'?: string;
}

export interface CallbackValues extends SecretValues {
  'wait-callbacks'?: boolean;
  'callback-schedule'?: string;
}

/** The name of the secret of `--secrets-file` that signs callbacks. */
export const CALLBACK_SECRET_NAME = 'CALLBACK_SECRET';

/** @throws AppError `bad-request` that shows nothing of a secret */
export function callbackOptionsOf(values: CallbackValues): CallbackOptions {
  const schedule = values['callback-schedule'];
  return {
    ...callbackSecretOptionsOf(values),
    waitsForCallbacks: values['wait-callbacks'] === true,
    callbackSchedule: schedule === undefined ? null : scheduleOf(schedule),
  };
}

/** @throws AppError `bad-request` that shows nothing of a secret */
export function callbackSecretOptionsOf(values: SecretValues): CallbackSecretOptions {
  const secret = values['callback-secret'];
  return {
    callbackSecret: secret === undefined ? null : parseSigningSecret(secret).text,
    callbackSecretFile: pathOf('callback-secret-file', values['callback-secret-file']),
  };
}

/**
 * What signs callbacks, or null: of the option, before that of the file, before the one among the secrets.
 * @throws AppError `bad-request` that shows nothing of it
 */
export function callbackSecretOf(
  { callbackSecret, callbackSecretFile }: CallbackSecretOptions,
  secrets: ReadonlyMap<string, string>,
  cwd: string,
): string | null {
  if (callbackSecret !== null) return callbackSecret;
  const kept =
    callbackSecretFile === null
      ? secrets.get(CALLBACK_SECRET_NAME)
      : readOneSecret(resolve(cwd, callbackSecretFile));
  return kept === undefined ? null : parseSigningSecret(kept).text;
}

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/**
 * `0s,1s,5min`: the wait before each attempt, milliseconds.
 * @throws AppError `bad-request`
 */
export function scheduleOf(text: string): number[] {
  const steps = text.split(',').map((step) => stepOf(step.trim()));
  if (steps.length <= MAX_SCHEDULE_STEPS) return steps;
  throw usageError(
    `Expected at most ${MAX_SCHEDULE_STEPS} waits after --callback-schedule, got ${steps.length}.`,
  );
}

function stepOf(step: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/u.exec(step) ?? [];
  const unitMs = UNITS_MS.get(unit);
  if (number === undefined || unitMs === undefined) {
    throw usageError(
      `Expected waits such as 0s,5s,30min after --callback-schedule, each in ms, s, min, h or d, got ${JSON.stringify(step)}.`,
    );
  }
  const ms = Math.round(Number(number) * unitMs);
  if (ms <= MAX_SCHEDULE_STEP_MS) return ms;
  throw usageError(
    `Expected waits of at most ${MAX_SCHEDULE_STEP_MS / 86_400_000}d after --callback-schedule, got ${JSON.stringify(step)}.`,
  );
}

export const CALLBACK_HELP = `  --wait-callbacks      go on until each callback is delivered or given up, and print a document then;
                        without it, a run waits for the first attempt of each
  --callback-schedule T the waits before the attempts of a callback, such as 0s,5s,1min,2h; after the
                        last one it is given up. It counts for this run alone
  --callback-secret-file FILE
                        sign callbacks (Standard Webhooks) with the secret in FILE, whsec_... or
                        whsk_...; FILE must be readable by you alone. The secret ${CALLBACK_SECRET_NAME} of
                        --secrets-file does the same
  --callback-secret S   the same with S itself; other users can see it in the list of processes
`;
