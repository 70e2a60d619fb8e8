/** Which processes there are, with what is needed to tell whose they are. */
import { execFile } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MARKER_VARIABLE } from './child-environment.ts';

export interface ProcessEntry {
  pid: number;
  parentPid: number;
  groupId: number;
  /** 0 where the system does not say. */
  sessionId: number;
  name: string;
  /** Distinguishes two processes that had the same pid. '' where the system does not say. */
  startMark: string;
  /** Value of JOBDECK_ATTEMPT_ID in the environment it was started with; null where there is none or it is hidden. */
  marker: string | null;
}

/** How many processes are read before other work gets its turn: reading one takes about 30 microseconds. */
const CHUNK = 64;

let running: Promise<ProcessEntry[]> | null = null;
let following: Promise<ProcessEntry[]> | null = null;

/**
 * All processes that have not ended (zombies have), as they are at some moment after the call. Callers that ask
 * while a list is being made share the next one: ending a hundred trees at once costs no more than ending one.
 */
export function listProcesses(): Promise<ProcessEntry[]> {
  if (running === null) {
    running = readAll().finally(() => {
      running = null;
    });
    return running;
  }
  following ??= running
    .catch(() => [])
    .then(() => {
      following = null;
      return listProcesses();
    });
  return following;
}

function readAll(): Promise<ProcessEntry[]> {
  return process.platform === 'linux' ? readFromProc() : readFromPs();
}

async function readFromProc(): Promise<ProcessEntry[]> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const entries: ProcessEntry[] = [];
  for (const [index, pid] of pids.entries()) {
    if (index % CHUNK === CHUNK - 1) await nextTurn();
    const stat = readProcFile(`/proc/${pid}/stat`);
    const entry = stat === null ? null : parseProcStat(stat.toString('utf8'));
    if (entry === null) continue;
    const environ = readProcFile(`/proc/${pid}/environ`);
    entries.push({ ...entry, marker: environ === null ? null : markerIn(environ) });
  }
  return entries;
}

/** One line of /proc/PID/stat (proc_pid_stat(5)); null for a process that has ended and waits to be collected. */
export function parseProcStat(line: string): Omit<ProcessEntry, 'marker'> | null {
  // The name is in parentheses and may hold some itself, and spaces: what follows begins after the last one.
  const nameEnd = line.lastIndexOf(')');
  const [state, ...numbers] = line.slice(nameEnd + 2).split(' ');
  if (nameEnd < 0 || state === 'Z' || state === 'X') return null;
  return {
    pid: Number.parseInt(line, 10),
    name: line.slice(line.indexOf('(') + 1, nameEnd),
    parentPid: Number(numbers[0]),
    groupId: Number(numbers[1]),
    sessionId: Number(numbers[2]),
    startMark: numbers[18] ?? '',
  };
}

const MARKER_PREFIX = Buffer.from(`${MARKER_VARIABLE}=`);

/** The marker in an environment block: `NAME=value` pairs, each closed by a NUL. */
export function markerIn(environ: Buffer): string | null {
  let at = environ.indexOf(MARKER_PREFIX);
  while (at > 0 && environ[at - 1] !== 0) at = environ.indexOf(MARKER_PREFIX, at + 1);
  if (at < 0) return null;
  const end = environ.indexOf(0, at);
  return environ.toString('utf8', at + MARKER_PREFIX.length, end < 0 ? undefined : end);
}

let scratch = Buffer.allocUnsafe(64 * 1024);

/** A file of /proc, whose size is not known before it is read; null where it is gone or not ours to read. */
function readProcFile(path: string): Buffer | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, scratch, length, scratch.length - length, null);
      if (read === 0) return scratch.subarray(0, length);
      length += read;
      if (length === scratch.length) scratch = Buffer.concat([scratch], 2 * scratch.length);
    }
  } catch {
    // The process ended while it was read.
    return null;
  } finally {
    closeSync(descriptor);
  }
}

/** Where there is no /proc: no markers, so a tree is its group and the descendants that `ps` shows. */
export async function readFromPs(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,comm='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\n').flatMap((line) => parsePsLine(line) ?? []);
}

/** One line of `ps -o pid=,ppid=,pgid=,stat=,comm=`; null for a process that has ended. */
export function parsePsLine(line: string): ProcessEntry | null {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
  if (match === null || match[4]?.startsWith('Z')) return null;
  const [, pid, parentPid, groupId, , name = ''] = match;
  return {
    pid: Number(pid),
    parentPid: Number(parentPid),
    groupId: Number(groupId),
    sessionId: 0,
    name,
    startMark: '',
    marker: null,
  };
}
