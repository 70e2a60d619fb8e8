/** One attempt at a task that is a process: from the task to the report. */
import { join } from 'node:path';
import type { CommandTask, ScriptTask } from '#shared/job/tasks.ts';
import type { AttemptReport } from '../../core/ports.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { PreparedSpec } from '../tasks/prepared-spec.ts';
import { survivorsInWords, verdictOfExit, verdictOfLoss, verdictOfTimeout } from './attempt-end.ts';
import { attemptMarker } from './attempt-marker.ts';
import { failedBeforeStart, reportOf, verdictOnDisk } from './attempt-report.ts';
import { endTree } from './end-tree.ts';
import type { ChildEnd, HelperClient, SpawnedChild } from './helper-client.ts';
import { launchOf } from './launch.ts';
import { nanosecondsSince } from './monotonic.ts';
import { type PausableTimer, startPausableTimer } from './pausable-timer.ts';
import { HAS_MARKERS, PROCESS_NOTE_NAME } from './process-note.ts';
import type { BegunAttempt, RunningAttempts } from './running-attempts.ts';
import { explainFolderFailure, explainSpawnFailure } from './spawn-failure.ts';

type ProcessAttemptSpec = PreparedSpec & { task: CommandTask | ScriptTask };

interface Environment {
  helper: HelperClient;
  outputs: OutputStore;
  running: RunningAttempts;
}

/** Why an attempt is ended from outside. */
type Stop = 'cancelled' | 'timeout';

/** Runs the attempt; rejects only where the disk can't be read or the system behaves as it should not. */
export async function runProcessAttempt(
  spec: ProcessAttemptSpec,
  signal: AbortSignal,
  environment: Environment,
): Promise<AttemptReport> {
  const begun = environment.running.begin(spec);
  try {
    return await carryOut(spec, signal, environment, begun);
  } finally {
    begun.ended();
  }
}

async function carryOut(
  spec: ProcessAttemptSpec,
  signal: AbortSignal,
  { helper, outputs }: Environment,
  begun: BegunAttempt,
): Promise<AttemptReport> {
  const { jobId, attempt, task, timeoutMs, killGraceMs, redact, maxOutputBytes = null } = spec;
  const startNs = process.hrtime.bigint();
  if (signal.aborted) return { outcome: 'cancelled', durationNs: 0, ttftNs: null, result: {} };

  const directory = outputs.directoryFor(spec);
  const marker = attemptMarker(directory);
  const { role, files, ...launch } = launchOf(task, { jobId, attempt, directory, marker });
  try {
    await outputs.prepare(spec, files);
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
    redact: [...redact],
    maxOutputBytes,
  });
  const first = await endOrStop(child, signal, timeoutMs, (pid, timer) =>
    begun.started({ identity: { pid, marker }, timer }),
  );
  begun.ended();
  if (isEnd(first, 'failed')) {
    const error = await explainSpawnFailure(first, { ...launch, role });
    outputs.discard(spec);
    return failedBeforeStart(error, nanosecondsSince(startNs));
  }
  if (isEnd(first, 'exited')) {
    const drained = await child.drained;
    const verdict = await verdictOnDisk(verdictOfExit(first.code, first.signal), drained, directory);
    return reportOf(outputs.conclude(spec), child, first, drained, verdict, first.durationNs);
  }

  const identity = { pid: child.pid, marker };
  const survivors = await endTree({ ...identity, graceMs: killGraceMs, leaderEnded: child.ended });
  // With survivors the program itself may be one of them, and never end.
  const end = survivors.length === 0 ? await child.ended : await Promise.race([child.ended, null]);
  const drained = end === null ? null : await child.drained;
  const durationNs = nanosecondsSince(startNs);
  const preview = outputs.conclude(spec);
  if (first === 'cancelled') {
    const report = reportOf(preview, child, end, drained, { outcome: 'cancelled' }, durationNs);
    const left = survivorsInWords(survivors);
    return left === null ? report : { ...report, result: { ...report.result, text: left } };
  }
  const verdict =
    first === 'timeout'
      ? verdictOfTimeout(timeoutMs ?? 0, survivors)
      : verdictOfLoss(first.helperRan, survivors);
  return reportOf(preview, child, end, drained, verdict, durationNs);
}

/** Whichever comes first: the process's own end, or a reason to end it, once there is something to end. */
async function endOrStop(
  child: SpawnedChild,
  signal: AbortSignal,
  timeoutMs: number | null,
  announce: (pid: number, timer: PausableTimer | null) => void,
): Promise<ChildEnd | Stop> {
  const stop = Promise.withResolvers<Stop>();
  const onAbort = () => stop.resolve('cancelled');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  await child.started;
  const timer = timeoutMs === null ? null : startPausableTimer(timeoutMs, () => stop.resolve('timeout'));
  if (child.pid !== null) announce(child.pid, timer);
  try {
    return await Promise.race([child.ended, stop.promise]);
  } finally {
    timer?.stop();
    signal.removeEventListener('abort', onAbort);
  }
}

function isEnd<K extends ChildEnd['kind']>(
  first: ChildEnd | Stop,
  kind: K,
): first is Extract<ChildEnd, { kind: K }> {
  return typeof first !== 'string' && first.kind === kind;
}
