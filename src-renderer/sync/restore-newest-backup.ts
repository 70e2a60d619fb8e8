/**
 * What a history that has just been made begins with: the newest backup. The outbox brings what the runner still has
 * afterwards, and is newer.
 */
import type { SyncContext } from './context.ts';

export interface RestoredBackup {
  /** How many jobs came back. */
  count: number;
}

/**
 * Reads the newest backup that can be read into a history without jobs.
 * @returns null where there is none
 */
export async function restoreNewestBackup(_context: SyncContext): Promise<RestoredBackup | null> {
  return null;
}
