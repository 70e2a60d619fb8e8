/** The journal and its deliveries over one database: as the tests open them, and the processes that tests kill. */
import type { AppError } from '#shared/app-error.ts';
import {
  createDeliveryStore,
  type SqliteDeliveryStore,
} from '../../../src-main/adapters/deliveries/delivery-store.ts';
import { type Database, openDatabase } from '../../../src-main/adapters/journal/database.ts';
import {
  createSqliteJournal,
  type JournalOptions,
  type SqliteJournal,
} from '../../../src-main/adapters/journal/sqlite-journal.ts';
import { isDelivery, isJob } from '../../../src-main/adapters/validators/index.ts';

export interface Tables {
  database: Database;
  journal: SqliteJournal;
  deliveries: SqliteDeliveryStore;
}

export function openTables(
  file: string,
  onProblem: (error: AppError) => void,
  options: Pick<JournalOptions, 'keepsEnded'> = {},
): Tables {
  const database = openDatabase(file);
  const deliveries = createDeliveryStore(database, { isDelivery, onProblem });
  const journal = createSqliteJournal(database, { ...options, isJob, deliveries, onProblem });
  return { database, journal, deliveries };
}
