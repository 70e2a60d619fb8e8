/** Where the output of the helper's children goes. */
import type { ChildProcess } from 'node:child_process';
import type { DrainedOutput, SpawnRequest } from './helper-messages.ts';

export type OutputTarget = Pick<SpawnRequest, 'stdoutPath' | 'stderrPath' | 'redact' | 'maxOutputBytes'>;

export interface ChildOutput {
  /** The child's standard output and standard error: descriptors, or pipes that Node makes. */
  readonly stdio: readonly [number | 'pipe', number | 'pipe'];
  /** After the start: what is the child's alone is closed here. */
  handOver(child: ChildProcess): void;
  /** Instead of `handOver`, where no process came to be. */
  abandon(): void;
  /**
   * After the child's end: resolves when all that it wrote is in the files, and never rejects. Null where the child
   * wrote them itself.
   */
  finish(): Promise<DrainedOutput> | null;
}
