import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { JobdeckDatabase } from '../db/database.ts';

/** The two owners of a job: the runner behind the bridge, and the history. */
export interface SyncContext {
  api: JobdeckApi;
  db: JobdeckDatabase;
}
