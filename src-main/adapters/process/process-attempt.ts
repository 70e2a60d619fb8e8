/** One attempt at a task that is a process: from the task to the report. */
import { join } from 'node:path';
import type { JobError } from '#shared/job/error-codes.ts';
import type { CommandTask, ScriptTask } from '#shared/job/tasks.ts';
import type { AttemptReport, AttemptSpec } from '../../core/ports.ts';
import type { OutputStore } from '../output/output-store.ts';
import {
  survivorsInWords,
  type Verdict,
  verdictOfExit,
  verdictOfLoss,
  verdictOfTimeout,
} from './attempt-end.ts';
import { attemptMarker } from './attempt-marker.ts';
import { endTree } from './end-tree.ts';
import type { ChildEnd, HelperClient, SpawnedChild } from './helper-client.ts';
import { launchOf } from './launch.ts';
import { startLongTimer } from './long-timer.ts';
import { nanosecondsSince } from './monotonic.ts';
import { HAS_MARKERS, PROCESS_NOTE_NAME } from './process-note.ts';
import { explainFolderFailure, explainSpawnFailure } from './spawn-failure.ts';

type ProcessAttemptSpec = AttemptSpec & { task: CommandTask | ScriptTask };

interface Environment {
  helper: HelperClient;
  outputs: OutputStore;
}

/** Why an attempt is ended from outside. */
type Stop = 'cancelled' | 'timeout';

/** Runs the attempt; rejects only where the disk can't be read or the system behaves as it should not. */
export async function runProcessAttempt(
  spec: ProcessAttemptSpec,
  signal: AbortSignal,
  { helper, outputs }: Environment,
): Promise<AttemptReport> {
  const { jobId, attempt, task, timeoutMs, killGraceMs } = spec;
  const startNs = process.hrtime.bigint();
  if (signal.aborted) return { outcome: 'cancelled', durationNs: 0, ttftNs: null, result: {} };

  const directory = outputs.directoryFor(jobId, attempt);
  const marker = attemptMarker(directory);
  const { role, files, ...launch } = launchOf(task, { jobId, attempt, directory, marker });
  try {
    await outputs.prepare(jobId, attempt, files);
  } catch (error) {
    return failedBeforeStart(explainFolderFailure(error, directory), nanosecondsSince(startNs));
  }

  const child = helper.spawn({
    ...launch,
    stdoutPath: join(directory, 'stdout'),
    stderrPath: join(directory, 'stderr'),
    notePath: HAS_MARKERS ? null : join(directory, PROCESS_NOTE_NAME),
    marker,
    killGraceMs,
  });
  const first = await endOrStop(child, signal, timeoutMs);
  if (isEnd(first, 'failed')) {
    return failedBeforeStart(
      await explainSpawnFailure(first, { ...launch, role }),
      nanosecondsSince(startNs),
    );
  }
  if (isEnd(first, 'exited')) {
    return reportOf(spec, outputs, child, first, verdictOfExit(first.code, first.signal), first.durationNs);
  }

  const identity = { pid: child.pid, marker };
  const survivors = await endTree({ ...identity, graceMs: killGraceMs, leaderEnded: child.ended });
  // With survivors the program itself may be one of them, and never end.
  const end = survivors.length === 0 ? await child.ended : await Promise.race([child.ended, null]);
  const durationNs = nanosecondsSince(startNs);
  if (first === 'cancelled') {
    const report = await reportOf(spec, outputs, child, end, { outcome: 'cancelled' }, durationNs);
    const left = survivorsInWords(survivors);
    return left === null ? report : { ...report, result: { ...report.result, text: left } };
  }
  const verdict =
    first === 'timeout'
      ? verdictOfTimeout(timeoutMs ?? 0, survivors)
      : verdictOfLoss(first.helperRan, survivors);
  return reportOf(spec, outputs, child, end, verdict, durationNs);
}

/** The report of an attempt that no process came of. */
export function failedBeforeStart(error: JobError, durationNs: number): AttemptReport {
  return { outcome: 'failed', durationNs, ttftNs: null, result: {}, error };
}

/** Whichever comes first: the process's own end, or a reason to end it, once there is something to end. */
async function endOrStop(
  child: SpawnedChild,
  signal: AbortSignal,
  timeoutMs: number | null,
): Promise<ChildEnd | Stop> {
  const stop = Promise.withResolvers<Stop>();
  const onAbort = () => stop.resolve('cancelled');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  await child.started;
  const clearTimer = timeoutMs === null ? null : startLongTimer(timeoutMs, () => stop.resolve('timeout'));
  try {
    return await Promise.race([child.ended, stop.promise]);
  } finally {
    clearTimer?.();
    signal.removeEventListener('abort', onAbort);
  }
}

function isEnd<K extends ChildEnd['kind']>(
  first: ChildEnd | Stop,
  kind: K,
): first is Extract<ChildEnd, { kind: K }> {
  return typeof first !== 'string' && first.kind === kind;
}

async function reportOf(
  { jobId, attempt }: AttemptSpec,
  outputs: OutputStore,
  child: SpawnedChild,
  end: ChildEnd | null,
  verdict: Verdict,
  durationNs: number,
): Promise<AttemptReport> {
  const { stdout, stderr } = await outputs.preview(jobId, attempt);
  const wrote = stdout.sizeBytes + stderr.sizeBytes > 0;
  return {
    ...verdict,
    durationNs,
    // A program that ended before its first byte was seen wrote it by then: its duration is what is known.
    ttftNs: wrote ? Math.min(child.ttftNs ?? durationNs, durationNs) : null,
    result: {
      exit_code: end?.kind === 'exited' ? end.code : null,
      signal: end?.kind === 'exited' ? end.signal : null,
      stdout: stdout.text,
      stderr: stderr.text,
      stdout_bytes: stdout.sizeBytes,
      stderr_bytes: stderr.sizeBytes,
      truncated: stdout.truncated || stderr.truncated,
    },
  };
}
