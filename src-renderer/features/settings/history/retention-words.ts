import type { RetentionStatus } from '#shared/contract/retention.ts';
import type { WouldGo } from '../../../sync/retention.ts';
import { cleanedWords } from '../../../words/clean-up-words.ts';
import { lookWord } from '../../../words/status-words.ts';

/** What the list calls jobs that have ended so. */
export function retentionStatusWord(status: RetentionStatus): string {
  return lookWord(status === 'completed' ? 'done' : status);
}

/** What was found when it was looked, in a sentence. */
export function wouldGoWords(total: WouldGo): string {
  const isNothing = total.jobs + total.outputs === 0;
  return isNothing ? 'Nothing is beyond its limits.' : `Beyond its limits: ${cleanedWords(total)}.`;
}

/** What can be taken back of a clean-up, and what cannot. */
export function consequenceWords({ jobs, outputs }: Pick<WouldGo, 'jobs' | 'outputs'>): string {
  if (jobs === 0) return 'Output cannot be brought back; its jobs stay.';
  const briefly = 'Jobs can be brought back for a few seconds';
  return outputs === 0 ? `${briefly}.` : `${briefly}, the output of the others cannot.`;
}
