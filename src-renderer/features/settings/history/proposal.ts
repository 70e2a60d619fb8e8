import type { RetentionSettings } from '#shared/contract/retention.ts';
import { hasLimits } from '../../../db/retention-pages.ts';

/** True for a change after which something may go by itself that did not before: it is agreed to first. */
export function needsAgreement(before: RetentionSettings, after: RetentionSettings): boolean {
  return after.isAutomatic && hasLimits(after.rules) && JSON.stringify(before) !== JSON.stringify(after);
}
