/** One fact of what a job would do, in the shape that shows it exactly. */
import type { ModelProfile } from '#shared/contract/profiles.ts';

export type JobFact = {
  label: string;
  note?: string;
} /** `isQuiet`: it says that there is nothing to say. */ & (
  | { kind: 'words'; value: string; isQuiet?: boolean }
  /** Each value has its own frame: one can see where it begins and ends. */
  | { kind: 'values'; values: readonly string[] }
  /** Text that is kept as written, line breaks included. */
  | { kind: 'block'; value: string }
  /** `sign` stands between a name and its value where they are written in one line. */
  | { kind: 'pairs'; sign: string; pairs: readonly (readonly [name: string, value: string])[] }
  /** Words, and the address or the path they are about. */
  | { kind: 'address'; words: string; address: string }
);

/** Where the job would run, as far as it is known. */
export interface Surroundings {
  platform?: string;
  homeDirectory?: string;
  /** The saved model profiles: what an `agent_id` stands for here. */
  profiles?: readonly ModelProfile[];
}
