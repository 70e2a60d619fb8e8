import type { RetentionStatus } from '#shared/contract/retention.ts';
import { lookWord } from '../../../words/status-words.ts';

/** What the list calls jobs that have ended so. */
export function retentionStatusWord(status: RetentionStatus): string {
  return lookWord(status === 'completed' ? 'done' : status);
}
