/** A history as it is before this version changes it: opened as the version that it has, and left as it is. */
import { Dexie } from 'dexie';
import { databaseProblemOf } from './database-problem.ts';
import { MIGRATIONS } from './migrations.ts';

/** The version that `database.ts` brings every history to. */
export const LATEST_VERSION = Math.max(...MIGRATIONS.map(({ version }) => version));

/**
 * Gives `read` a history that an older version wrote, with jobs in it. It is not called for one that is of this
 * version, not there, or damaged: that one is set aside, and not changed.
 */
export async function readOldHistory(name: string, read: (db: Dexie) => Promise<void>): Promise<void> {
  if (!(await Dexie.exists(name))) return;
  // Without versions Dexie takes the database as it is (https://dexie.org/docs/Dexie/Dexie.open()).
  const db = new Dexie(name);
  try {
    await db.open();
    if (db.verno < LATEST_VERSION) await read(db);
  } catch (error) {
    if (databaseProblemOf(error) !== 'damaged') throw error;
  } finally {
    db.close();
  }
}
