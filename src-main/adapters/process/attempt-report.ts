/** What an attempt at a process came to, for the record. */
import type { JobError } from '#shared/job/error-codes.ts';
import type { AttemptReport } from '../../core/ports.ts';
import type { OutputPreview } from '../output/output-store.ts';
import { isDiskFull } from '../system/disk-space.ts';
import type { Verdict } from './attempt-end.ts';
import type { ChildEnd, SpawnedChild } from './helper-client.ts';
import type { DrainedOutput } from './helper-messages.ts';
import { explainFullDisk, explainOutputFailure } from './spawn-failure.ts';

/** How a program ended, and what it wrote. */
export function reportOf(
  { stdout, stderr }: OutputPreview,
  child: SpawnedChild,
  end: ChildEnd | null,
  drained: DrainedOutput | null,
  verdict: Verdict,
  durationNs: number,
): AttemptReport {
  const stdoutBytes = drained?.stdout.bytes ?? stdout.sizeBytes;
  const stderrBytes = drained?.stderr.bytes ?? stderr.sizeBytes;
  const stdoutCut = drained?.stdout.cutBytes ?? 0;
  const stderrCut = drained?.stderr.cutBytes ?? 0;
  return {
    ...verdict,
    durationNs,
    // A program that ended before its first byte was seen wrote it by then: its duration is what is known.
    ttftNs: stdoutBytes + stderrBytes > 0 ? Math.min(child.ttftNs ?? durationNs, durationNs) : null,
    result: {
      exit_code: end?.kind === 'exited' ? end.code : null,
      signal: end?.kind === 'exited' ? end.signal : null,
      stdout: stdout.text,
      stderr: stderr.text,
      stdout_bytes: stdoutBytes,
      stderr_bytes: stderrBytes,
      truncated: stdout.truncated || stderr.truncated || stdoutCut + stderrCut > 0,
      ...(stdoutCut > 0 && { stdout_cut_bytes: stdoutCut }),
      ...(stderrCut > 0 && { stderr_cut_bytes: stderrCut }),
    },
  };
}

/** The report of an attempt that no process came of. */
export function failedBeforeStart(error: JobError, durationNs: number): AttemptReport {
  return { outcome: 'failed', durationNs, ttftNs: null, result: {}, error };
}

/** The verdict on a program that ended by itself, where the disk could not take what it wrote. */
export async function verdictOnDisk(
  verdict: Verdict,
  drained: DrainedOutput | null,
  directory: string,
): Promise<Verdict> {
  if (drained !== null && drained.failure !== null) {
    return { outcome: 'failed', error: explainOutputFailure(drained.failure) };
  }
  // A program that writes to the files itself is told by the system, and rarely passes it on.
  if (verdict.error === undefined || !(await isDiskFull(directory))) return verdict;
  return { ...verdict, error: explainFullDisk(verdict.error) };
}
