/** Pieces of what was printed. */
import type { JobId } from '../job/job-id.ts';

export const OUTPUT_STREAMS = ['stdout', 'stderr'] as const;
export type OutputStream = (typeof OUTPUT_STREAMS)[number];

export interface OutputRef {
  jobId: JobId;
  /** From 1. */
  attempt: number;
  /** The item of a batch; absent for the job itself. */
  item?: number;
  stream: OutputStream;
}

export interface OutputRequest extends OutputRef {
  /** From the file's start; a negative number counts from its end. */
  offset: number;
  maxBytes: number;
}

export interface OutputChunk {
  /** Where `bytes` begin. */
  offset: number;
  bytes: Uint8Array;
  /** Of the whole file as it is now; 0 where there is none. */
  sizeBytes: number;
}
