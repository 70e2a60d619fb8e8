/** One attempt that is an exchange with a server: its time limit, its cancelling, its output files, its report. */

import type { OutputStream } from '#shared/contract/output.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport } from '../../core/ports.ts';
import { durationInWords } from '../process/duration-words.ts';
import { startLongTimer } from '../process/long-timer.ts';
import { nanosecondsSince } from '../process/monotonic.ts';
import { messageOf } from '../process/system-error.ts';
import type { PreparedSpec } from '../tasks/prepared-spec.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { createExchangeOutput, type OutputFiles } from './exchange-output.ts';

export type Verdict = Pick<AttemptReport, 'outcome' | 'error' | 'stopReason' | 'retryAfterMs'>;

export interface Exchange {
  /** Aborted when the attempt is cancelled and when its time is up. */
  signal: AbortSignal;
  /** What is found out on the way. What the output files come to is added at the end. */
  result: JobResult;
  /** The first output is here: what `ttft_ns` is measured to. Later calls change nothing. */
  markOutput(): void;
  /** Adds to the output file; rejects with an ExchangeFailure where the disk does not take it. */
  write(stream: OutputStream, chunk: Uint8Array): Promise<void>;
}

/**
 * Runs `work` as an attempt. Never rejects: what `work` throws is in the report, and so is the end of the time or a
 * cancel, which abort its signal.
 */
export async function runExchange(
  spec: PreparedSpec,
  signal: AbortSignal,
  outputs: OutputFiles,
  work: (exchange: Exchange) => Promise<Verdict>,
): Promise<AttemptReport> {
  const startNs = process.hrtime.bigint();
  if (signal.aborted) return { outcome: 'cancelled', durationNs: 0, ttftNs: null, result: {} };
  const limits = startLimits(signal, spec.timeoutMs);
  const output = createExchangeOutput(spec, outputs);
  let ttftNs: number | null = null;
  const exchange: Exchange = {
    signal: limits.signal,
    result: {},
    markOutput() {
      ttftNs ??= nanosecondsSince(startNs);
    },
    write: output.write,
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
  const { result, failure } = await output.close();
  if (failure !== null && verdict.outcome === 'completed') verdict = verdictOfError(failure);
  return { ...verdict, durationNs, ttftNs, result: { ...exchange.result, ...result } };
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
