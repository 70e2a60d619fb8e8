/** Backups, imports, restores and their undoing have the history one after the other: a later one waits, and says so. */
export const WAITING_SENTENCE = 'Waiting for a backup, an import or a restore to end.';
/** What begins sooner does not say that it waits. */
export const SAY_WAITING_AFTER_MS = 300;
