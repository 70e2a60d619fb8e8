/** The output files of attempts, in memory. */
import type { OutputChunk, OutputRef, OutputRequest } from '#shared/contract/output.ts';
import type { OutputFound, OutputSearchAnswer } from '#shared/contract/output-search.ts';
import type { JobId } from '#shared/job/job-id.ts';

export class FakeOutput {
  readonly #texts = new Map<string, string>();

  add(ref: OutputRef, text: string): void {
    this.#texts.set(keyOf(ref), this.of(ref) + text);
  }

  of(ref: OutputRef): string {
    return this.#texts.get(keyOf(ref)) ?? '';
  }

  read({ offset, maxBytes, ...ref }: OutputRequest): OutputChunk {
    const whole = new TextEncoder().encode(this.of(ref));
    const start = offset < 0 ? Math.max(0, whole.length + offset) : Math.min(offset, whole.length);
    return { offset: start, bytes: whole.slice(start, start + maxBytes), sizeBytes: whole.length };
  }

  /** The first line of each job's first attempt that has the text, whatever its case. */
  search(jobIds: readonly JobId[], text: string): OutputSearchAnswer {
    const found = jobIds.flatMap((jobId): OutputFound | [] => {
      const ref = { jobId, attempt: 1, stream: 'stdout' as const };
      const lines = this.of(ref).split('\n');
      const line = lines.find((each) => each.toLowerCase().includes(text.toLowerCase()));
      return line === undefined ? [] : { ...ref, line };
    });
    return { found, left: [], cut: [] };
  }
}

function keyOf({ jobId, attempt, stream }: OutputRef): string {
  return `${jobId}/${attempt}.${stream}`;
}
