/** An attempt whose task is filled in: what the executors of the four kinds get. */
import type { AttemptReport, AttemptSpec, Executor } from '../../core/ports.ts';

/** `task` holds no template any more: items, the model profile and secrets are in it. It is never written anywhere. */
export type PreparedSpec = AttemptSpec & {
  /** The values of the secrets that the task holds: none of them may leave in output, results or messages. */
  redact: readonly string[];
  /** Of a model endpoint: from the profile's secret. */
  bearerToken?: string;
};

/** An executor of one kind of task. */
export interface PreparedExecutor extends Omit<Executor, 'run'> {
  run(spec: PreparedSpec, signal: AbortSignal): Promise<AttemptReport>;
}
