/** Building a damaged history anew, when the person asks for it, and saying that it was done. */
import { showToast } from '../components/toast/toast.tsx';
import { useDialog } from '../store/dialog-store.ts';
import type { Recovery } from '../sync/restore-newest-backup.ts';
import { leftBehindWords, lostWords, type RecoveryWords, setAsideWords } from './recovery-words.ts';

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

export function tellSetAside(recovery: Recovery | null): void {
  tell(setAsideWords(recovery), true);
}

/** The history was not there, though there are backups of one, or it was damaged beyond reading. */
export function tellLost(recovery: Recovery | null): void {
  const isWhole = recovery?.used?.unreadable === 0 && recovery.skipped.length === 0;
  tell(lostWords(recovery), !isWhole);
}

/** Rows of an older version could not be brought into this one. */
export function tellLeftBehind(count: number): void {
  tell(leftBehindWords(count), true);
}

function tell({ sentence, detail, isToSeeBackups }: RecoveryWords, isBad: boolean): void {
  const run = () => useDialog.getState().open({ kind: 'settings', page: 'history' });
  showToast(sentence, {
    ...(isBad && { tone: 'bad' }),
    lastsMs: 60_000,
    detail,
    ...(isToSeeBackups && { action: { label: 'Settings', run } }),
  });
}
