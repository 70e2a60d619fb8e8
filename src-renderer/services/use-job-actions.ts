/** What can be done with jobs, wherever it is asked for; each says in a toast how it went. */
import { useMemo } from 'react';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { rerunFailedOf, rerunOf } from '#shared/job/new-job.ts';
import { showToast } from '../components/toast/toast.tsx';
import { purge, restore, trash, UNDO_MS } from '../db/commands.ts';
import { inView } from '../db/in-view.ts';
import type { JobRow } from '../db/job-row.ts';
import { useDialog } from '../store/dialog-store.ts';
import { useView } from '../store/view-store.ts';
import { cancelJobs, type RunReport, runAgain, runJobs } from '../sync/submit.ts';
import { countOf } from '../words/count-words.ts';
import { type BulkAction, canBe, idsThat } from './bulk-actions.ts';
import { type Services, useServices } from './services.tsx';
import { showError } from './show-error.ts';
import { forgetEdits, withoutUnsaved } from './unsaved-edits.ts';

export interface JobActions {
  run(ids: readonly JobId[]): Promise<void>;
  /** Runs what the person was just shown and approved. */
  runReviewed(ids: readonly JobId[]): Promise<void>;
  runAgain(ids: readonly JobId[]): Promise<void>;
  /** Of batches: those of their items that did not complete, as a new batch. */
  rerunFailed(ids: readonly JobId[]): Promise<void>;
  /** Of waiting jobs: which one is next of its queue, or the last. */
  moveTo(place: 'first' | 'last', ids: readonly JobId[]): Promise<void>;
  suspend(ids: readonly JobId[]): Promise<void>;
  resume(ids: readonly JobId[]): Promise<void>;
  cancel(ids: readonly JobId[]): Promise<void>;
  remove(ids: readonly JobId[]): Promise<void>;
  exportJobs(ids: readonly JobId[]): void;
  /** Of selected jobs: reaches those that are still in the view, and can be asked this. */
  toSelected(action: BulkAction, ids: readonly JobId[]): Promise<void>;
  /** Of the job that is shown, whether or not the list has it. */
  toShown(action: BulkAction, id: JobId): Promise<void>;
}

type ActionServices = Pick<Services, 'api' | 'db' | 'info' | 'consumer' | 'progress'>;

export function useJobActions(): JobActions {
  const services = useServices();
  return useMemo(() => jobActions(services), [services]);
}

/** The same without React. */
export function jobActions({ api, db, info, consumer, progress }: ActionServices): JobActions {
  const context = { api, db };

  const tell = (report: RunReport, then: 'run' | 'run-again') => {
    if (report.needsApproval.length > 0) {
      useDialog.getState().open({ kind: 'approval', rows: report.needsApproval, then });
    }
    const [refused] = report.refused;
    if (refused !== undefined) {
      const others = report.refused.length - 1;
      showToast(`${countOf(report.refused.length, 'job')} could not be started.`, {
        tone: 'bad',
        detail: others > 0 ? `${refused.message} And ${others} more.` : refused.message,
      });
    }
    if (report.submitted.length > 1) showToast(`${countOf(report.submitted.length, 'job')} queued.`);
    if (report.submitted.length > 0) void consumer.pullNow();
  };

  const again = (ids: readonly JobId[], copyOf: typeof rerunOf) =>
    attempt('The jobs could not be run again.', async () => {
      const report = await runAgain(context, ids, info.profileId, copyOf);
      tell(report, 'run-again');
      await consumer.pullNow();
      const [id] = report.submitted;
      if (id !== undefined && report.submitted.length === 1) useView.getState().showJob(id);
    });

  const switchJobs = (ids: readonly JobId[], to: 'suspend' | 'continue') =>
    attempt(`The jobs could not be made to ${to}.`, async () => {
      const ask = to === 'suspend' ? api.suspendJobs : api.continueJobs;
      const refused: { error: { message: string } }[] = [];
      for (let start = 0; start < ids.length; start += MAX_PAGE) {
        refused.push(...unwrap(await ask({ ids: ids.slice(start, start + MAX_PAGE) })).refused);
      }
      const [first] = refused;
      if (first !== undefined) {
        showToast(`${countOf(refused.length, 'job')} could not be made to ${to}.`, {
          tone: 'bad',
          detail: first.error.message,
        });
      }
    });

  const actions: JobActions = {
    async run(ids) {
      await attempt('The jobs could not be started.', async () =>
        tell(await runJobs(context, await withoutUnsaved(db, ids)), 'run'),
      );
    },
    async runReviewed(ids) {
      await attempt('The jobs could not be started.', async () =>
        tell(await runJobs(context, await withoutUnsaved(db, ids), 'reviewed'), 'run'),
      );
    },
    runAgain: (ids) => again(ids, rerunOf),
    rerunFailed: (ids) => again(ids, rerunFailedOf),
    moveTo: (place, ids) =>
      attempt('The jobs could not be moved.', async () => {
        // The last one moved to the front is the first: so in the end they stand in the order they have here.
        for (const id of place === 'first' ? [...ids].reverse() : ids)
          unwrap(await api.moveJob({ id, to: place }));
      }),
    suspend: (ids) => switchJobs(ids, 'suspend'),
    resume: (ids) => switchJobs(ids, 'continue'),
    async cancel(ids) {
      await attempt('The jobs could not be cancelled.', async () => {
        const { requested, unknown } = await cancelJobs(context, ids);
        if (requested.length > 1) showToast(`Ending ${countOf(requested.length, 'job')}.`);
        if (requested.length === 0 && unknown.length > 0)
          showToast('Nothing to cancel: it has already ended.');
        await consumer.pullNow();
      });
    },
    async remove(ids) {
      await attempt('The jobs could not be deleted.', async () => {
        const gone = await trash(db, ids);
        const kept = ids.length - gone.length;
        if (gone.length === 0) {
          showToast('A job that is waiting or running cannot be deleted. Cancel it first.', { tone: 'bad' });
          return;
        }
        showToast(`${countOf(gone.length, 'job')} deleted.`, {
          ...(kept > 0 && { detail: `${countOf(kept, 'job')} still waiting or running and kept.` }),
          lastsMs: UNDO_MS,
          action: {
            label: 'Undo',
            run: () => void attempt('The deletion could not be undone.', () => restore(db, gone)),
          },
          onUnused: () =>
            void attempt('Deleted jobs could not be cleared away.', async () =>
              forgetEdits(await purge(db, api, gone)),
            ),
        });
      });
    },
    exportJobs(ids) {
      // With none the dialog would offer all of the view.
      if (ids.length === 0) showToast(NONE_IS_LISTED);
      else useDialog.getState().open({ kind: 'export', ids: [...ids] });
    },
    toSelected: (action, ids) =>
      attempt('The selected jobs could not be read.', async () => {
        const isIn = inView(useView.getState());
        // What waits or runs is not deleted, and the deletion says so.
        const can = (row: JobRow) => action === 'remove' || canBe(action, row, progress.of);
        const able = await idsThat(db, ids, (row) => isIn(row) && can(row));
        if (able.length > 0) await ask(action, able);
        else if (ids.length > 1) showToast(NONE_CAN[action]);
      }),
    toShown: (action, id) =>
      attempt('The job could not be read.', async () => {
        const able = await idsThat(db, [id], (row) => canBe(action, row, progress.of));
        if (able.length > 0) await ask(action, able);
      }),
  };

  const ask = (action: BulkAction, ids: readonly JobId[]): Promise<void> => {
    switch (action) {
      case 'again':
        return actions.runAgain(ids);
      case 'first':
      case 'last':
        return actions.moveTo(action, ids);
      default:
        return actions[action](ids);
    }
  };
  return actions;
}

const NONE_IS_LISTED = 'None of these jobs is in this list any more.';
const NONE_CAN: Record<BulkAction, string> = {
  run: 'None of these jobs can be run now.',
  cancel: 'None of these jobs is waiting or running.',
  again: 'None of these jobs can be run again.',
  remove: NONE_IS_LISTED,
  suspend: 'None of these jobs is running.',
  resume: 'None of these jobs is suspended.',
  first: 'None of these jobs is waiting.',
  last: 'None of these jobs is waiting.',
};

/** Runs it; an error becomes a toast with the sentence it came with. */
async function attempt(what: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    showError(what, error);
  }
}
