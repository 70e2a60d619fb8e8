/** One child of the spawn helper: files opened, process started, its first byte and its end reported. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { mergeEnvironment } from './child-environment.ts';
import { watchFirstByte } from './first-byte.ts';
import type { HelperReport, SpawnRequest } from './helper-messages.ts';
import { nanosecondsSince } from './monotonic.ts';
import type { ProcessNote } from './process-note.ts';
import { codeOf, messageOf } from './system-error.ts';

/**
 * Starts what `request` names. The program writes to the files itself: not one byte of its output passes
 * through a process of ours.
 * @param onEnd called once, with the last report of this child
 */
export function spawnChild(
  request: SpawnRequest,
  base: Readonly<Record<string, string>>,
  report: (message: HelperReport) => void,
  onEnd: (message: HelperReport) => void,
): ChildProcess | null {
  const { id } = request;
  const descriptors: number[] = [];
  const failed = (stage: 'files' | 'spawn', error: unknown) =>
    onEnd({ type: 'failed', id, stage, errno: codeOf(error), message: messageOf(error) });
  const closeDescriptors = () => {
    for (const descriptor of descriptors) closeSync(descriptor);
  };
  const opened = (path: string, flags: string) => {
    const descriptor = openSync(path, flags, 0o600);
    descriptors.push(descriptor);
    return descriptor;
  };

  let stdio: ['ignore' | number, number, number];
  try {
    // Appending keeps the bytes in order should the user empty a file that grows too large.
    stdio = [
      request.stdinPath === null ? 'ignore' : opened(request.stdinPath, 'r'),
      opened(request.stdoutPath, 'a'),
      opened(request.stderrPath, 'a'),
    ];
  } catch (error) {
    closeDescriptors();
    failed('files', error);
    return null;
  }

  const startedAtMs = Date.now();
  let startNs = process.hrtime.bigint();
  // Watched from before the start: what a program writes at once and never again would be missed otherwise.
  const stopWatching = watchFirstByte([request.stdoutPath, request.stderrPath], () =>
    report({ type: 'firstByte', id, ttftNs: nanosecondsSince(startNs) }),
  );
  let child: ChildProcess;
  try {
    startNs = process.hrtime.bigint();
    child = spawn(request.file, request.args, {
      cwd: request.cwd,
      env: mergeEnvironment(base, request.env),
      stdio,
      // A session and a group of its own, so that the whole tree can be ended. On Windows it would open a console.
      detached: process.platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: request.verbatimArguments,
    });
  } catch (error) {
    stopWatching();
    failed('spawn', error);
    return null;
  } finally {
    closeDescriptors();
  }

  let over = false;
  const end = (finish: () => void) => {
    if (over) return;
    over = true;
    stopWatching();
    finish();
  };
  child.once('error', (error) => {
    if (child.pid === undefined) end(() => failed('spawn', error));
  });
  child.once('exit', (code, signal) => {
    const durationNs = nanosecondsSince(startNs);
    end(() => onEnd({ type: 'exited', id, code, signal, durationNs }));
  });
  if (child.pid === undefined) return null;

  if (request.notePath !== null) noteProcess(request.notePath, { pid: child.pid, startedAtMs });
  report({ type: 'started', id, pid: child.pid });
  return child;
}

function noteProcess(path: string, note: ProcessNote): void {
  try {
    writeFileSync(path, JSON.stringify(note), { mode: 0o600 });
  } catch {
    // The note serves a start after a crash. Without it that start finds nothing to end, which is what it says.
  }
}
