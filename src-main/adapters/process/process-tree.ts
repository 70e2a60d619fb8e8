/** The processes of one attempt, wherever they went: group, session, descendants, marker. */
import { listProcesses, type ProcessEntry } from './process-list.ts';
import { hasCode } from './system-error.ts';

export interface TreeIdentity {
  /** The process that was started: leader of its group and its session. Null where it is not known. */
  pid: number | null;
  /** Value of JOBDECK_ATTEMPT_ID of all that descend from it. */
  marker: string;
}

export interface ProcessTree {
  /** Those that are still there, including descendants seen earlier whose parents have ended since. */
  members(): Promise<ProcessEntry[]>;
}

/** A tree that is looked at more than once remembers whom it has seen. */
export function processTree(identity: TreeIdentity): ProcessTree {
  const seen = new Set<string>();
  return {
    async members() {
      let found = membersIn(await listProcesses(), identity, seen);
      // A list takes a moment to make: one that starts another and ends meanwhile can be missing with its child.
      if (found.length === 0) found = membersIn(await listProcesses(), identity, seen);
      for (const entry of found) seen.add(keyOf(entry));
      return found;
    },
  };
}

/** The members of the tree among `all`. Never the process that asks, nor what it descends from. */
export function membersIn(
  all: readonly ProcessEntry[],
  { pid, marker }: TreeIdentity,
  seen: ReadonlySet<string> = new Set(),
  ownPid: number = process.pid,
): ProcessEntry[] {
  const byPid = new Map(all.map((entry) => [entry.pid, entry]));
  const excluded = ancestorsOf(byPid, ownPid);
  const verdicts = new Map<number, boolean>();

  const belongs = (entry: ProcessEntry): boolean => {
    const known = verdicts.get(entry.pid);
    if (known !== undefined) return known;
    // Set before the parent is asked: a list made while processes come and go may hold a loop.
    verdicts.set(entry.pid, false);
    const parent = byPid.get(entry.parentPid);
    const verdict =
      !excluded.has(entry.pid) &&
      (entry.marker === marker ||
        (pid !== null && (entry.pid === pid || entry.groupId === pid || entry.sessionId === pid)) ||
        seen.has(keyOf(entry)) ||
        (parent !== undefined && belongs(parent)));
    verdicts.set(entry.pid, verdict);
    return verdict;
  };
  return all.filter(belongs);
}

function ancestorsOf(byPid: ReadonlyMap<number, ProcessEntry>, pid: number): Set<number> {
  const ancestors = new Set<number>([1]);
  for (let at = pid; at > 1 && !ancestors.has(at); at = byPid.get(at)?.parentPid ?? 0) ancestors.add(at);
  return ancestors;
}

const keyOf = (entry: ProcessEntry) => `${entry.pid}:${entry.startMark}`;

/** Sends a signal to a process, or to a group by its negated id. */
export function sendSignal(pid: number, signal: NodeJS.Signals): 'sent' | 'gone' | 'denied' {
  try {
    process.kill(pid, signal);
    return 'sent';
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return 'gone';
    if (hasCode(error, 'EPERM')) return 'denied';
    throw error;
  }
}
