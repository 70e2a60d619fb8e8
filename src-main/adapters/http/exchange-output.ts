/** The output of an exchange: into files as it comes, or only into the record where it is short. */
import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import type { OutputStream } from '#shared/contract/output.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import { EMPTY_PREVIEW, PREVIEW_EDGE_BYTES, type StreamPreview } from '../output/output-preview.ts';
import { createOutputSink, type OutputSink, type OutputSinkEnd } from '../output/output-sink.ts';
import type { OutputPreview, OutputStore } from '../output/output-store.ts';
import { createRedactor } from '../output/redactor.ts';
import { explainFolderFailure } from '../process/spawn-failure.ts';
import type { PreparedSpec } from '../tasks/prepared-spec.ts';
import { ExchangeFailure } from './exchange-failure.ts';

/** What an item has written by then is in files, for whoever follows it; milliseconds from its start. */
const HOLD_MS = 500;

export type OutputFiles = Pick<OutputStore, 'directoryFor' | 'prepare' | 'conclude'>;

export interface ExchangeOutput {
  /** @throws ExchangeFailure where the disk does not take it */
  write(stream: OutputStream, chunk: Uint8Array): Promise<void>;
  /** What the record says of the output; `failure` where the last of it could not be written. */
  close(): Promise<{ result: JobResult; failure: ExchangeFailure | null }>;
}

interface StreamState {
  /** Not in a file yet. */
  held: Uint8Array[];
  sink: OutputSink | null;
  end: OutputSinkEnd;
}

/**
 * The output of an item that is short and done soon is held in memory: all of it is in the record, and the folder that
 * `conclude` would take away is never made. That is four fifths of what an exchange on the same machine costs.
 */
export function createExchangeOutput(spec: PreparedSpec, outputs: OutputFiles): ExchangeOutput {
  const { redact, maxOutputBytes = null } = spec;
  const directory = outputs.directoryFor(spec);
  const startMs = performance.now();
  const maxHeldBytes =
    spec.item === undefined
      ? 0
      : Math.min(2 * PREVIEW_EDGE_BYTES, maxOutputBytes ?? Number.POSITIVE_INFINITY);
  const streams = { stdout: newState(), stderr: newState() };
  let isHeld = true;
  let heldBytes = 0;

  const append = async (stream: OutputStream, chunk: Uint8Array) => {
    const state = streams[stream];
    state.sink ??= createOutputSink({ path: join(directory, stream), redact, maxBytes: maxOutputBytes });
    await state.sink.write(chunk);
  };
  const toFiles = async () => {
    isHeld = false;
    await outputs.prepare(spec, {});
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const chunk of streams[stream].held.splice(0)) await append(stream, chunk);
    }
  };
  const failureOf = (error: unknown) => {
    const { code, message } = explainFolderFailure(error, directory);
    return new ExchangeFailure(code, message, { cause: error });
  };

  return {
    async write(stream, chunk) {
      if (chunk.length === 0) return;
      try {
        heldBytes += chunk.length;
        if (isHeld && (heldBytes > maxHeldBytes || performance.now() - startMs > HOLD_MS)) await toFiles();
        if (isHeld) streams[stream].held.push(chunk);
        else await append(stream, chunk);
      } catch (error) {
        throw failureOf(error);
      }
    },
    async close() {
      let failure: ExchangeFailure | null = null;
      try {
        const previews = isHeld ? heldPreviews(streams, redact) : null;
        if (previews !== null) return { result: resultOf(streams, previews), failure };
        if (isHeld) await toFiles();
      } catch (error) {
        failure = failureOf(error);
      }
      for (const state of Object.values(streams)) {
        try {
          if (state.sink !== null) state.end = await state.sink.end();
        } catch (error) {
          failure = failureOf(error);
        }
      }
      return { result: resultOf(streams, outputs.conclude(spec)), failure };
    },
  };
}

function newState(): StreamState {
  return { held: [], sink: null, end: { bytes: 0, cutBytes: 0 } };
}

/** Null where the record can't hold the output as it is. */
function heldPreviews(
  streams: Record<OutputStream, StreamState>,
  redact: readonly string[],
): OutputPreview | null {
  const stdout = heldPreview(streams.stdout, redact);
  const stderr = heldPreview(streams.stderr, redact);
  return stdout === null || stderr === null ? null : { stdout, stderr };
}

function heldPreview(state: StreamState, redact: readonly string[]): StreamPreview | null {
  if (state.held.length === 0) return EMPTY_PREVIEW;
  let bytes = Buffer.concat(state.held);
  if (redact.length > 0) {
    const redactor = createRedactor(redact);
    bytes = Buffer.concat([redactor.push(bytes), redactor.end()]);
  }
  if (!isUtf8(bytes)) return null;
  state.end = { bytes: bytes.length, cutBytes: 0 };
  return { text: bytes.toString('utf8'), sizeBytes: bytes.length, truncated: false, exact: true };
}

function resultOf({ stdout, stderr }: Record<OutputStream, StreamState>, previews: OutputPreview): JobResult {
  const cutBytes = stdout.end.cutBytes + stderr.end.cutBytes;
  return {
    stdout: previews.stdout.text,
    stderr: previews.stderr.text,
    stdout_bytes: stdout.end.bytes,
    stderr_bytes: stderr.end.bytes,
    truncated: previews.stdout.truncated || previews.stderr.truncated || cutBytes > 0,
    ...(stdout.end.cutBytes > 0 && { stdout_cut_bytes: stdout.end.cutBytes }),
    ...(stderr.end.cutBytes > 0 && { stderr_cut_bytes: stderr.end.cutBytes }),
  };
}
