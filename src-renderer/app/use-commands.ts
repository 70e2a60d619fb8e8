import { type RefObject, useEffect, useMemo } from 'react';
import { assertNever } from '#shared/app-error.ts';
import type { MenuCommand } from '#shared/contract/channels.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { showToast } from '../components/toast/toast.tsx';
import { inView } from '../db/in-view.ts';
import { jobById } from '../db/queries.ts';
import { openDropped, openPaths, openText } from '../features/import/open-import.ts';
import type { ToolbarHandle } from '../features/job-list/toolbar.tsx';
import { idsThat } from '../services/bulk-actions.ts';
import { type Services, useServices } from '../services/services.tsx';
import { showError } from '../services/show-error.ts';
import { tellHeld } from '../services/tell-held.ts';
import { type OpenDialog, useDialog } from '../store/dialog-store.ts';
import { useView } from '../store/view-store.ts';
import type { Commands } from './commands.ts';
import { useKeys } from './use-keys.ts';
import { usePaste } from './use-paste.ts';

/** What the window can be told to do: by its buttons, by keys, by the application's menu, by a notification. */
export function useCommands(toolbar: RefObject<ToolbarHandle | null>): Commands {
  const services = useServices();
  const commands = useMemo(() => commandsOf(services), [services]);

  useEffect(() => {
    const choose = (command: MenuCommand): void => {
      switch (command) {
        case 'new-job':
          commands.newJob();
          break;
        case 'import':
          commands.importFiles();
          break;
        case 'export':
          commands.exportJobs();
          break;
        case 'find':
          toolbar.current?.focusSearch();
          break;
        case 'settings':
        case 'shortcuts':
          open({ kind: command });
          break;
        default:
          assertNever(command);
      }
    };
    const stops = [
      services.api.onMenuChosen(({ command }) => choose(command)),
      services.api.onJobActivated(({ jobId }) => void showActivated(services, jobId)),
      services.api.onFilesOpened(({ paths }) => void openPaths(services.api, paths)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [services, commands, toolbar]);

  useKeys(commands, toolbar);
  usePaste(commands);
  return commands;
}

function commandsOf({ api, db }: Services): Commands {
  return {
    newJob: () => open({ kind: 'new-job' }),
    exportJobs: () => void openExport(db),
    importFiles: () => open({ kind: 'import', opened: null }),
    dropFiles: (files) => void openDropped(api, files),
    pasteText: (text) => void openText(api, text),
  };
}

/** Where the dialog that is open has to stay, it says why. */
function open(dialog: OpenDialog): void {
  if (!tellHeld()) useDialog.getState().open(dialog);
}

/** Of what is selected, what is still in the list: where none is, the dialog offers all of it. */
async function openExport(db: Services['db']): Promise<void> {
  const { place, filter, search, selection } = useView.getState();
  let ids = [...selection.ids];
  try {
    // Of more than is read at once each is taken as the list last knew it. Beside callbacks the job is only shown.
    if (place === 'jobs' && ids.length <= MAX_PAGE) ids = await idsThat(db, ids, inView({ filter, search }));
  } catch (error) {
    showError('What is selected could not be read.', error);
    return;
  }
  open({ kind: 'export', ids });
}

/** A notification was clicked: the job may be newer than what this window has read. */
async function showActivated(
  { db, consumer }: Services,
  jobId: Parameters<typeof jobById>[1],
): Promise<void> {
  if (tellHeld()) return;
  let row = await jobById(db, jobId);
  if (row === undefined) {
    await consumer.pullNow();
    row = await jobById(db, jobId);
  }
  if (row === undefined || row.bucket === 'trash') {
    showToast('That job is no longer in the history.');
    return;
  }
  const { place, filter, setFilter, setSearch, showJob } = useView.getState();
  useDialog.getState().close();
  setSearch('');
  if (place !== 'jobs' || (filter !== 'all' && row.bucket !== filter)) setFilter('all');
  showJob(jobId);
}
