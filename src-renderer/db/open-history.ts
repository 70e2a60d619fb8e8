/**
 * Opening the history. One that is damaged is set aside, not deleted: IndexedDB renames nothing, so a new database
 * takes its place under a name with the time in it, and the newest of those names is the history. That is read from
 * the list of databases itself, which is there where any of them is. Where the storage of all of them can not be
 * read, Chromium deletes it: that can be told, but not prevented.
 */
import { Dexie } from 'dexie';
import { type JobdeckDatabase, openDatabase } from './database.ts';
import { databaseProblemOf } from './database-problem.ts';

const FIRST_NAME = 'jobdeck';
/** The first time of thirteen digits, in 2001. */
const FIRST_TIME_MS = 1e12;
const NAME = /^jobdeck(?:-(\d{13,}))?$/u;

export interface OpenedHistory {
  db: JobdeckDatabase;
  /** The damaged history that this one has just taken the place of. */
  setAside: string | null;
}

export interface OpenHistoryOptions {
  /** The name of a history to set aside although it opens: the person asked for it. */
  isToSetAside?: (name: string) => boolean;
  nowMs?: number;
}

/**
 * Opens the history, or a new one where it is damaged.
 * @throws where it can not be opened for another reason, such as a full disk or a newer version
 */
export async function openHistory({
  isToSetAside = () => false,
  nowMs = Date.now(),
}: OpenHistoryOptions = {}): Promise<OpenedHistory> {
  const names = await historyNames();
  const current = names[0] ?? FIRST_NAME;
  if (!isToSetAside(current)) {
    const db = await openWhole(current);
    if (db !== null) return { db, setAside: null };
  }
  const db = openDatabase(`${FIRST_NAME}-${timeAfter(current, nowMs)}`);
  await db.open();
  return { db, setAside: current };
}

/**
 * To be asked before anything else is: at the first try Chromium deletes storage that it finds damaged as a whole, and
 * begins anew at the next.
 * @returns whether it did that now
 * @throws where the storage can not be opened for another reason
 */
export async function wasStorageDeleted(): Promise<boolean> {
  try {
    await indexedDB.databases();
    return false;
  } catch (error) {
    if (databaseProblemOf(error) !== 'damaged') throw error;
    return (await historyNames()).length === 0;
  }
}

/** The name of the history that is there; null where there is none yet. */
export async function currentHistoryName(): Promise<string | null> {
  return (await historyNames())[0] ?? null;
}

/** A history that another has taken the place of. */
export interface HistorySetAside {
  name: string;
  /** When, in milliseconds since 1970. */
  atMs: number;
}

/** The histories that were set aside, the last one first. */
export async function historiesSetAside(): Promise<HistorySetAside[]> {
  const names = await historyNames();
  return names.slice(1).map((name, index) => ({ name, atMs: timeIn(names[index] ?? '') }));
}

/** Deletes a history that was set aside, for good. The one in use it leaves alone. */
export async function deleteSetAside(name: string): Promise<void> {
  const aside = await historiesSetAside();
  if (aside.some((each) => each.name === name)) await Dexie.delete(name);
}

/** All histories, the one in use first. */
async function historyNames(): Promise<string[]> {
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name && NAME.test(name) ? name : []));
  return names.sort((one, other) => timeIn(other) - timeIn(one));
}

/** The time to name the next one by: later than that of `name`, also where the clock was set back. */
function timeAfter(name: string, nowMs: number): number {
  return Math.max(nowMs, timeIn(name) + 1, FIRST_TIME_MS);
}

function timeIn(name: string): number {
  return Number(NAME.exec(name)?.[1] ?? 0);
}

/** The database, once something was read of each table; null where it is damaged. Dexie tries more than once. */
async function openWhole(name: string): Promise<JobdeckDatabase | null> {
  const db = openDatabase(name);
  try {
    await db.open();
    for (const table of db.tables) await table.limit(1).toArray();
    return db;
  } catch (error) {
    db.close();
    if (databaseProblemOf(error) !== 'damaged') throw error;
    return null;
  }
}
