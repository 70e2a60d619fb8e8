/** The output files of attempts, in memory. */
import type { OutputChunk, OutputRef, OutputRequest } from '#shared/contract/channels.ts';

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
}

function keyOf({ jobId, attempt, stream }: OutputRef): string {
  return `${jobId}/${attempt}.${stream}`;
}
