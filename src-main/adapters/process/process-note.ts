/**
 * `process.json` in an attempt's folder: which process it became, for systems where the marker cannot be read
 * from outside. A pid alone says nothing after a restart, so the note is believed only where a process of that
 * pid began at that time.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { hasCode } from './system-error.ts';

/** On Linux /proc shows every process its marker, and no note is needed. */
export const HAS_MARKERS = process.platform === 'linux';

export const PROCESS_NOTE_NAME = 'process.json';

export interface ProcessNote {
  pid: number;
  /** Wall-clock time just before it was started, milliseconds since 1970. */
  startedAtMs: number;
}

/** `ps` gives whole seconds, and starting takes a moment. */
const TOLERANCE_MS = 3000;

/** The pid that the note names, where that process is still the one that was noted; else null. */
export async function notedProcess(path: string): Promise<number | null> {
  const note = await readNote(path);
  if (note === null) return null;
  const beganAtMs = await startOf(note.pid);
  return beganAtMs !== null && Math.abs(beganAtMs - note.startedAtMs) <= TOLERANCE_MS ? note.pid : null;
}

async function readNote(path: string): Promise<ProcessNote | null> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    // A crash may have cut the note short: then it names no one.
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAtMs' in value))
    return null;
  const { pid, startedAtMs } = value;
  if (!Number.isSafeInteger(pid) || typeof startedAtMs !== 'number') return null;
  return (pid as number) > 1 ? { pid: pid as number, startedAtMs } : null;
}

/** When the process began, milliseconds since 1970; null where there is none. */
async function startOf(pid: number): Promise<number | null> {
  const [program, args] =
    process.platform === 'win32'
      ? ([
          'powershell.exe',
          ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`],
        ] as const)
      : (['ps', ['-o', 'lstart=', '-p', String(pid)]] as const);
  try {
    const { stdout } = await promisify(execFile)(program, [...args], {
      env: { ...process.env, LC_ALL: 'C' },
      windowsHide: true,
    });
    const time = Date.parse(stdout.trim());
    return Number.isNaN(time) ? null : time;
  } catch {
    // Both end with an error where there is no such process.
    return null;
  }
}
