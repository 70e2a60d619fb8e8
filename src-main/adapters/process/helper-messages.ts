/**
 * What Jobdeck and its spawn helper say to each other: plain JSON values. Both sides are built together, so the
 * guards check the shape and no more; a message that fails them is a fault of ours and says so.
 */
import { AppError } from '#shared/app-error.ts';
import type { OutputSinkEnd } from '../output/output-sink.ts';

export interface SpawnRequest {
  type: 'spawn';
  /** Names the child in what the helper reports of it. */
  id: number;
  file: string;
  args: string[];
  /** Windows: `args` are a command line already and are not quoted again. */
  verbatimArguments: boolean;
  cwd: string;
  /** Added to the helper's own environment. */
  env: Record<string, string>;
  stdoutPath: string;
  stderrPath: string;
  /** Read as standard input; null for an empty one. */
  stdinPath: string | null;
  /** Where the process is noted for the next start; null where `marker` finds it (Linux). */
  notePath: string | null;
  /** Value of JOBDECK_ATTEMPT_ID. */
  marker: string;
  /** How long the child may take to end after TERM when Jobdeck itself is gone. */
  killGraceMs: number;
  /** Values that must not reach the files. With one, or with a limit, the output passes through the helper. */
  redact: string[];
  /** Of each stream; no limit where null. */
  maxOutputBytes: number | null;
}

/** True where the helper reads the output and writes the files itself; else the child does. */
export function isPiped({
  redact,
  maxOutputBytes,
}: Pick<SpawnRequest, 'redact' | 'maxOutputBytes'>): boolean {
  return redact.length > 0 || maxOutputBytes !== null;
}

/** Ask the helper to end: it ends the children it still has, then itself. */
export interface CloseRequest {
  type: 'close';
}

export type HelperRequest = SpawnRequest | CloseRequest;

export type HelperReport =
  | { type: 'ready' }
  | { type: 'started'; id: number; pid: number }
  /** Nanoseconds from the start to the first byte of output. Not sent where the program ended before it was seen. */
  | { type: 'firstByte'; id: number; ttftNs: number }
  | { type: 'exited'; id: number; code: number | null; signal: string | null; durationNs: number }
  /** After `exited`, of a child whose output was piped: all of it is in the files. */
  | ({ type: 'drained'; id: number } & DrainedOutput)
  /** No process came to be. `stage` is what failed, `errno` the system's name of the error. */
  | { type: 'failed'; id: number; stage: 'files' | 'spawn'; errno: string; message: string };

/** What became of the output that passed through the helper. */
export interface DrainedOutput {
  stdout: OutputSinkEnd;
  stderr: OutputSinkEnd;
  /** Why the files do not hold all that they should. */
  failure: { errno: string; message: string } | null;
}

/** @throws AppError `internal` where `value` is no such message */
export function parseHelperRequest(value: unknown): HelperRequest {
  if (isRecord(value)) {
    if (value.type === 'close') return { type: 'close' };
    if (value.type === 'spawn' && isSpawnRequest(value)) return value as unknown as SpawnRequest;
  }
  // Its values are not shown: they may be secrets.
  throw unexpected('request to', isRecord(value) ? { type: value.type } : null);
}

/** @throws AppError `internal` where `value` is no such message */
export function parseHelperReport(value: unknown): HelperReport {
  if (isRecord(value) && isHelperReport(value)) return value as unknown as HelperReport;
  throw unexpected('report of', value);
}

function isSpawnRequest(value: Record<string, unknown>): boolean {
  return (
    isCount(value.id) &&
    [value.file, value.cwd, value.stdoutPath, value.stderrPath, value.marker].every(isText) &&
    [value.stdinPath, value.notePath].every((path) => path === null || isText(path)) &&
    typeof value.verbatimArguments === 'boolean' &&
    isCount(value.killGraceMs) &&
    (value.maxOutputBytes === null || isCount(value.maxOutputBytes)) &&
    [value.args, value.redact].every((list) => Array.isArray(list) && list.every(isText)) &&
    isRecord(value.env) &&
    Object.values(value.env).every(isText)
  );
}

function isHelperReport(value: Record<string, unknown>): boolean {
  switch (value.type) {
    case 'ready':
      return true;
    case 'started':
      return isCount(value.id) && isCount(value.pid);
    case 'firstByte':
      return isCount(value.id) && isCount(value.ttftNs);
    case 'exited':
      return (
        isCount(value.id) &&
        isCount(value.durationNs) &&
        (value.code === null || Number.isSafeInteger(value.code)) &&
        (value.signal === null || isText(value.signal))
      );
    case 'drained':
      return (
        isCount(value.id) &&
        [value.stdout, value.stderr].every(
          (end) => isRecord(end) && isCount(end.bytes) && isCount(end.cutBytes),
        ) &&
        (value.failure === null ||
          (isRecord(value.failure) && isText(value.failure.errno) && isText(value.failure.message)))
      );
    case 'failed':
      return (
        isCount(value.id) &&
        (value.stage === 'files' || value.stage === 'spawn') &&
        isText(value.errno) &&
        isText(value.message)
      );
    default:
      return false;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unexpected(what: string, value: unknown): AppError {
  const shown = JSON.stringify(value) ?? String(value);
  return new AppError('internal', `Expected a known ${what} the spawn helper, got ${shown.slice(0, 200)}.`);
}
