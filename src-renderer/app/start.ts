/** What the window needs before it can show anything: the bridge, the history, the outbox. */
import { API_NAME, type JobdeckApi } from '#shared/contract/app-api.ts';
import { databaseProblemOf, databaseProblemSentence, PROBLEM_SENTENCES } from '../db/database-problem.ts';
import { askToKeepStorage } from '../db/keep-storage.ts';
import { moveOldRows } from '../db/move-old-rows.ts';
import { openHistory, wasStorageDeleted } from '../db/open-history.ts';
import { whenClosed } from '../db/when-closed.ts';
import { createProgressFeed } from '../services/progress-feed.ts';
import type { Services } from '../services/services.tsx';
import { useSyncProblem } from '../store/sync-store.ts';
import { backUpBeforeMigration } from '../sync/backup.ts';
import { startOutboxConsumer } from '../sync/outbox-consumer.ts';
import { restoreNewestBackup } from '../sync/restore-newest-backup.ts';
import type { Moving } from './moving-words.ts';
import { readNonce } from './nonce.ts';
import { isToRebuild, tellLeftBehind, tellLost, tellSetAside } from './rebuild-history.ts';
import { recoverAndClear } from './recover-and-clear.ts';

export type Started =
  /** `closed` resolves where the browser closes the history later on. */
  | { ok: true; services: Services; closed: Promise<void> }
  | { ok: false; title: string; sentence: string; error?: unknown };

const RUNS_ON = 'Jobs still run and nothing they report is lost.';
const OPEN_ADVICE =
  'Make sure there is space on the disk and that no other version of Jobdeck has a window open, then reload.';

export const CLOSED: Started = {
  ok: false,
  title: 'The history was closed',
  sentence: `${RUNS_ON} ${PROBLEM_SENTENCES.closed}`,
};

/**
 * Never rejects: what goes wrong is a screen.
 * @param onMoving called while the history is made ready, which may take minutes
 */
export async function start(onMoving: (what: Moving, done: number, total: number) => void): Promise<Started> {
  const api = (window as { [API_NAME]?: JobdeckApi })[API_NAME];
  if (api === undefined) {
    return {
      ok: false,
      title: 'Jobdeck is not connected',
      sentence:
        'This page works only inside the Jobdeck application, which runs the jobs. Start it and use its window.',
    };
  }
  const moving = (what: Moving) => (done: number, total: number) => onMoving(what, done, total);
  try {
    const info = await api.appInfo();
    if (!info.ok) {
      return {
        ok: false,
        title: 'The application does not answer',
        sentence: 'Restart Jobdeck. Jobs that were accepted are kept and go on.',
        error: new Error(info.error.message),
      };
    }
    const isLost = await wasStorageDeleted();
    await backUpBeforeMigration(api, moving('backing-up'));
    const { db, setAside } = await openHistory({ isToSetAside: isToRebuild });
    const closed = whenClosed(db);
    const { left } = await moveOldRows(db, moving('updating'));
    if (left > 0) tellLeftBehind(left);
    const recovery = await restoreNewestBackup({ api, db }, { onProgress: moving('recovering') });
    if (setAside !== null) tellSetAside(recovery);
    else if (isLost || recovery !== null) tellLost(recovery);
    // Whether the browser agrees changes nothing here: the settings show it.
    void askToKeepStorage(db).catch(() => null);
    const setProblem = useSyncProblem.getState().setProblem;
    const consumer = startOutboxConsumer({ api, db, onProblem: setProblem });
    void recoverAndClear(db, api, setProblem);
    const progress = createProgressFeed(api);
    const services = { api, db, info: info.value, consumer, progress, nonce: readNonce() };
    return { ok: true, services, closed };
  } catch (error) {
    if (databaseProblemOf(error) === 'closed') return CLOSED;
    return {
      ok: false,
      title: 'The history cannot be opened',
      sentence: `${RUNS_ON} ${databaseProblemSentence(error) ?? OPEN_ADVICE}`,
      error,
    };
  }
}
