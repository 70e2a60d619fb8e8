/** Backing up by itself. */
import type { Disposer, JobdeckApi } from '#shared/contract/app-api.ts';
import type { BackupMade } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { viewCounts } from '../db/queries.ts';
import { type BackupApi, makeBackup } from './backup.ts';
import { type RoundsOptions, startRounds } from './rounds.ts';

export interface BackupScheduleOptions extends Pick<RoundsOptions, 'schedule'> {
  api: BackupApi & Pick<JobdeckApi, 'listBackups' | 'readSettings'>;
  db: JobdeckDatabase;
  onMade: (made: BackupMade) => void;
  /** It could not be made; it is tried again at the next look. */
  onError: (error: unknown) => void;
  now?: () => number;
}

const HOUR_MS = 3_600_000;
const FIRST_MS = 2 * 60_000;
/** The setting may change, and a machine that slept has missed a time. */
const LOOK_EVERY_MS = HOUR_MS / 2;

/**
 * Makes a backup once the newest is older than the settings say: one that was missed soon after the start. A history
 * with nothing in it is not backed up: its backups would take the places of those that hold something.
 */
export function startBackupSchedule(options: BackupScheduleOptions): Disposer {
  const { api, db, onMade, onError, now = Date.now, schedule } = options;
  const round = async () => {
    const { backupEveryHours } = unwrap(await api.readSettings());
    if (backupEveryHours === null || (await viewCounts(db)).all === 0) return;
    const [newest] = unwrap(await api.listBackups()).backups;
    if (newest !== undefined && !isDue(newest.currentAt, backupEveryHours, now())) return;
    onMade(await makeBackup(api, db, 'schedule'));
  };
  return startRounds({
    firstMs: FIRST_MS,
    everyMs: LOOK_EVERY_MS,
    round,
    onError,
    ...(schedule && { schedule }),
  });
}

/** A time that is still to come was written by a clock that has been set back since. */
function isDue(currentAt: string, everyHours: number, nowMs: number): boolean {
  const ageMs = nowMs - Date.parse(currentAt);
  return ageMs < 0 || ageMs >= everyHours * HOUR_MS;
}
