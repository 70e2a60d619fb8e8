/** What was cleaned up last, for the person to see later. */
import type { JobdeckDatabase } from './database.ts';

export interface CleanUpNote {
  /** When it began, milliseconds since 1970: what went to the trash then was deleted at that time. */
  atMs: number;
  /** Jobs that went. */
  jobs: number;
  /** Jobs that stay without their output. */
  outputs: number;
  /** Of output, of both. */
  bytes: number;
  isAutomatic: boolean;
  /** False where it was stopped, or failed, before all had gone; notes of older versions do not say. */
  isWhole?: boolean;
}

export async function readCleanUpNote(db: JobdeckDatabase): Promise<CleanUpNote | null> {
  const row = await db.meta.get('cleaned-up');
  return row?.name === 'cleaned-up' ? row.value : null;
}

export async function keepCleanUpNote(db: JobdeckDatabase, value: CleanUpNote): Promise<void> {
  await db.meta.put({ name: 'cleaned-up', value });
}
