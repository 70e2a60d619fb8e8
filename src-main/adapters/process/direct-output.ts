/** Output that the child writes to the files itself: not one byte of it passes through a process of ours. */
import { closeSync, openSync } from 'node:fs';
import type { ChildOutput, OutputTarget } from './child-output.ts';
import { watchFirstByte } from './first-byte.ts';

/** @throws the system's error where a file can't be opened */
export function openDirectOutput(
  { stdoutPath, stderrPath }: OutputTarget,
  onFirstByte: () => void,
): ChildOutput {
  const stdout = openToAppend(stdoutPath);
  let stderr: number;
  try {
    stderr = openToAppend(stderrPath);
  } catch (error) {
    closeSync(stdout);
    throw error;
  }
  // Watched from before the start: what a program writes at once and never again would be missed otherwise.
  const stopWatching = watchFirstByte([stdoutPath, stderrPath], onFirstByte);
  const closeDescriptors = () => {
    closeSync(stdout);
    closeSync(stderr);
  };
  return {
    stdio: [stdout, stderr],
    handOver: closeDescriptors,
    abandon() {
      stopWatching();
      closeDescriptors();
    },
    finish() {
      stopWatching();
      return null;
    },
  };
}

/** Appending keeps the bytes in order should the user empty a file that grows too large. */
const openToAppend = (path: string) => openSync(path, 'a', 0o600);
