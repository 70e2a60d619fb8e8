/** One attempt that is an exchange with a server: its time limit, its cancelling, its output files, its report. */
import { join } from 'node:path';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport } from '../../core/ports.ts';
import { createOutputSink, type OutputSink, type OutputSinkEnd } from '../output/output-sink.ts';
import type { OutputStore } from '../output/output-store.ts';
import { durationInWords } from '../process/duration-words.ts';
import { startLongTimer } from '../process/long-timer.ts';
import { nanosecondsSince } from '../process/monotonic.ts';
import { explainFolderFailure } from '../process/spawn-failure.ts';
import { messageOf } from '../process/system-error.ts';
import type { PreparedSpec } from '../tasks/prepared-spec.ts';
import { ExchangeFailure } from './exchange-failure.ts';

export type Verdict = Pick<AttemptReport, 'outcome' | 'error' | 'stopReason' | 'retryAfterMs'>;

export interface Exchange {
  /** Aborted when the attempt is cancelled and when its time is up. */
  signal: AbortSignal;
  /** What is found out on the way. What the output files come to is added at the end. */
  result: JobResult;
  /** The first output is here: what `ttft_ns` is measured to. Later calls change nothing. */
  markOutput(): void;
  /** Adds to the output file; rejects with an ExchangeFailure where the disk does not take it. */
  write(stream: 'stdout' | 'stderr', chunk: Uint8Array): Promise<void>;
}

/**
 * Runs `work` as an attempt. Never rejects: what `work` throws is in the report, and so is the end of the time or a
 * cancel, which abort its signal.
 */
export async function runExchange(
  spec: PreparedSpec,
  signal: AbortSignal,
  outputs: Pick<OutputStore, 'directoryFor' | 'prepare' | 'conclude'>,
  work: (exchange: Exchange) => Promise<Verdict>,
): Promise<AttemptReport> {
  const startNs = process.hrtime.bigint();
  if (signal.aborted) return { outcome: 'cancelled', durationNs: 0, ttftNs: null, result: {} };
  const directory = outputs.directoryFor(spec);
  try {
    await outputs.prepare(spec, {});
  } catch (error) {
    const durationNs = nanosecondsSince(startNs);
    return {
      outcome: 'failed',
      durationNs,
      ttftNs: null,
      result: {},
      error: explainFolderFailure(error, directory),
    };
  }

  const limits = startLimits(signal, spec.timeoutMs);
  const files = outputFiles(directory, spec);
  let ttftNs: number | null = null;
  const exchange: Exchange = {
    signal: limits.signal,
    result: {},
    markOutput() {
      ttftNs ??= nanosecondsSince(startNs);
    },
    write: files.write,
  };
  let verdict: Verdict;
  try {
    verdict = await work(exchange);
  } catch (error) {
    verdict = limits.verdict() ?? verdictOfError(error);
  } finally {
    limits.end();
  }
  const durationNs = nanosecondsSince(startNs);
  const closed = await files.close();
  if (closed.failure !== null && verdict.outcome === 'completed') verdict = verdictOfError(closed.failure);
  return {
    ...verdict,
    durationNs,
    ttftNs,
    result: { ...exchange.result, ...resultOf(closed, outputs.conclude(spec)) },
  };
}

/** The signal of an attempt, aborted from outside or by the clock; `verdict` says which, null while neither did. */
function startLimits(outer: AbortSignal, timeoutMs: number | null) {
  const inner = new AbortController();
  let verdict: Verdict | null = null;
  const stop = (why: Verdict) => {
    verdict ??= why;
    inner.abort();
  };
  const onAbort = () => stop({ outcome: 'cancelled' });
  outer.addEventListener('abort', onAbort, { once: true });
  const clearTimer =
    timeoutMs === null ? null : startLongTimer(timeoutMs, () => stop(verdictOfTimeout(timeoutMs)));
  return {
    signal: inner.signal,
    verdict: () => verdict,
    end() {
      clearTimer?.();
      outer.removeEventListener('abort', onAbort);
    },
  };
}

function verdictOfTimeout(timeoutMs: number): Verdict {
  const message = `The request took longer than its limit of ${durationInWords(timeoutMs)} and was ended.`;
  return { outcome: 'failed', error: { code: 'timeout', message } };
}

function verdictOfError(error: unknown): Verdict {
  if (error instanceof ExchangeFailure) return { outcome: 'failed', error: error.jobError };
  const message = `The attempt could not be carried out: ${messageOf(error)}`;
  return { outcome: 'failed', error: { code: 'network', message } };
}

type Stream = 'stdout' | 'stderr';
interface ClosedFiles {
  ends: Record<Stream, OutputSinkEnd>;
  failure: ExchangeFailure | null;
}

const NOTHING_WRITTEN: OutputSinkEnd = { bytes: 0, cutBytes: 0 };

/** The output files, each opened at its first byte. */
function outputFiles(directory: string, { redact, maxOutputBytes = null }: PreparedSpec) {
  const sinks = new Map<Stream, OutputSink>();
  const failureOf = (error: unknown) => {
    const { code, message } = explainFolderFailure(error, directory);
    return new ExchangeFailure(code, message, { cause: error });
  };
  return {
    async write(stream: Stream, chunk: Uint8Array): Promise<void> {
      let sink = sinks.get(stream);
      if (sink === undefined) {
        sink = createOutputSink({ path: join(directory, stream), redact, maxBytes: maxOutputBytes });
        sinks.set(stream, sink);
      }
      try {
        await sink.write(chunk);
      } catch (error) {
        throw failureOf(error);
      }
    },
    async close(): Promise<ClosedFiles> {
      const ends: ClosedFiles['ends'] = { stdout: NOTHING_WRITTEN, stderr: NOTHING_WRITTEN };
      let failure: ExchangeFailure | null = null;
      for (const [stream, sink] of sinks) {
        try {
          ends[stream] = await sink.end();
        } catch (error) {
          failure = failureOf(error);
        }
      }
      return { ends, failure };
    },
  };
}

function resultOf({ ends }: ClosedFiles, { stdout, stderr }: ReturnType<OutputStore['conclude']>): JobResult {
  const { cutBytes } = ends.stdout;
  return {
    stdout: stdout.text,
    stderr: stderr.text,
    stdout_bytes: ends.stdout.bytes,
    stderr_bytes: ends.stderr.bytes,
    truncated: stdout.truncated || stderr.truncated,
    ...(cutBytes > 0 && { stdout_cut_bytes: cutBytes }),
    ...(ends.stderr.cutBytes > 0 && { stderr_cut_bytes: ends.stderr.cutBytes }),
  };
}
