/** Where an attempt's output goes when it passes through Jobdeck: secrets taken out, length limited, into a file. */
import { AppError } from '#shared/app-error.ts';

export interface OutputSinkOptions {
  /** The file, appended to. It is made with the first byte: a stream that stays empty has none. */
  path: string;
  /** Values that must not reach the file. */
  redact: readonly string[];
  /** Of more, the beginning and the end are kept; no limit where null. */
  maxBytes: number | null;
}

export interface OutputSink {
  /** Resolves when the sink can take more; rejects where the file can't be written. One call at a time. */
  write(chunk: Uint8Array): Promise<void>;
  /** Writes what is held back and closes the file; after a failed write as well. */
  end(): Promise<OutputSinkEnd>;
}

export interface OutputSinkEnd {
  /** All that came, counted after secrets were taken out. */
  bytes: number;
  /** How many of them are not in the file because of `maxBytes`. */
  cutBytes: number;
}

export function createOutputSink(_options: OutputSinkOptions): OutputSink {
  throw new AppError('internal', 'Expected the output sink to be there.');
}

/** `text` with `[secret]` for each of the `values`, and for their JSON, percent and base64 forms. */
export function redactText(_text: string, _values: readonly string[]): string {
  throw new AppError('internal', 'Expected the output sink to be there.');
}
