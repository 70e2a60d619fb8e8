/** One child of the spawn helper: files opened, process started, its first byte and its end reported. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { mergeEnvironment } from './child-environment.ts';
import type { ChildOutput } from './child-output.ts';
import { openDirectOutput } from './direct-output.ts';
import { type HelperReport, isPiped, type SpawnRequest } from './helper-messages.ts';
import { nanosecondsSince } from './monotonic.ts';
import { openPipedOutput } from './piped-output.ts';
import type { ProcessNote } from './process-note.ts';
import { codeOf, messageOf } from './system-error.ts';

/**
 * Starts what `request` names.
 * @param onEnd called once, with the last report of this child
 */
export function spawnChild(
  request: SpawnRequest,
  base: Readonly<Record<string, string>>,
  report: (message: HelperReport) => void,
  onEnd: (message: HelperReport) => void,
): ChildProcess | null {
  const { id } = request;
  let startNs = process.hrtime.bigint();
  let hasOutput = false;
  const onFirstByte = () => {
    if (!hasOutput) report({ type: 'firstByte', id, ttftNs: nanosecondsSince(startNs) });
    hasOutput = true;
  };
  const failed = (stage: 'files' | 'spawn', error: unknown) =>
    onEnd({ type: 'failed', id, stage, errno: codeOf(error), message: messageOf(error) });

  let stdin: number | null = null;
  const closeStdin = () => {
    if (stdin !== null) closeSync(stdin);
  };
  let output: ChildOutput;
  try {
    stdin = request.stdinPath === null ? null : openSync(request.stdinPath, 'r');
    output = (isPiped(request) ? openPipedOutput : openDirectOutput)(request, onFirstByte);
  } catch (error) {
    closeStdin();
    failed('files', error);
    return null;
  }

  const startedAtMs = Date.now();
  let child: ChildProcess;
  try {
    startNs = process.hrtime.bigint();
    child = spawn(request.file, request.args, {
      cwd: request.cwd,
      env: mergeEnvironment(base, request.env),
      stdio: [stdin ?? 'ignore', ...output.stdio],
      // A session and a group of its own, so that the whole tree can be ended. On Windows it would open a console.
      detached: process.platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: request.verbatimArguments,
    });
  } catch (error) {
    output.abandon();
    failed('spawn', error);
    return null;
  } finally {
    closeStdin();
  }
  if (child.pid === undefined) {
    output.abandon();
    child.once('error', (error) => failed('spawn', error));
    return null;
  }

  output.handOver(child);
  child.once('exit', (code, signal) => {
    const exited: HelperReport = { type: 'exited', id, code, signal, durationNs: nanosecondsSince(startNs) };
    const drained = output.finish();
    if (drained === null) return onEnd(exited);
    report(exited);
    void drained.then((written) => onEnd({ type: 'drained', id, ...written }));
  });
  // What goes wrong with a process that runs, such as a signal that can't be sent, is not its end.
  child.on('error', () => {});
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
