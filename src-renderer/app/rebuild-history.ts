/** Building a damaged history anew, when the person asks for it, and saying that it was done. */
import { showToast } from '../components/toast/toast.tsx';
import type { RestoredBackup } from '../sync/restore-newest-backup.ts';
import { countOf } from '../words/count-words.ts';

/** Names the history to set aside at the next start: it can not be done while it is open. */
const REQUEST = 'jobdeck-set-aside';

export function rebuildHistory(name: string): void {
  localStorage.setItem(REQUEST, name);
  location.reload();
}

/** True once, for the history that the person asked to be set aside. */
export function isToRebuild(name: string): boolean {
  if (localStorage.getItem(REQUEST) !== name) return false;
  localStorage.removeItem(REQUEST);
  return true;
}

export function tellSetAside(restored: RestoredBackup | null): void {
  showToast('The history was damaged and has been set aside.', {
    tone: 'bad',
    lastsMs: 60_000,
    detail: `It is kept: the settings list it under History. ${
      restored === null
        ? 'There was no backup to go back to'
        : `${countOf(restored.count, 'job')} came back from the newest backup`
    }; what the runner still has is added now.`,
  });
}

/** The history was not there, though there had been one. */
export function tellRecovered({ count }: RestoredBackup): void {
  showToast(`The history was lost; ${countOf(count, 'job')} came back from the newest backup.`, {
    lastsMs: 60_000,
    detail: 'What the runner still has is added now.',
  });
}
