/** Pipes for the output of children. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '#shared/app-error.ts';

export interface OutputPipe {
  readonly childEnd: number | 'pipe';
  /** After the start: closes the child's end here and gives the other one. */
  take(childStream: Readable | null): Readable;
  /** Instead of `take`. */
  abandon(): void;
}

interface Ends {
  readEnd: number;
  writeEnd: number;
}

/** How many are made at a time: making them starts a process. */
const BATCH = 32;
const made: Ends[] = [];
let canMake = process.platform !== 'win32';

/**
 * A pipe as a shell makes them. What Node calls a pipe is a socket, and a socket can't be opened by its name: a line
 * such as `echo failed > /dev/stderr` would fail with it. Node's is what is given where no other can be made.
 */
export function openPipe(): OutputPipe {
  if (made.length === 0 && canMake) made.push(...makePipes());
  const ends = made.pop();
  return ends === undefined ? NODES_OWN : pipeOver(ends);
}

function pipeOver({ readEnd, writeEnd }: Ends): OutputPipe {
  return {
    childEnd: writeEnd,
    take() {
      closeSync(writeEnd);
      return new Socket({ fd: readEnd, readable: true, writable: false });
    },
    abandon() {
      closeSync(writeEnd);
      closeSync(readEnd);
    },
  };
}

const NODES_OWN: OutputPipe = {
  childEnd: 'pipe',
  take(childStream) {
    if (childStream === null) throw new AppError('internal', 'Expected the child to have a pipe.');
    return childStream;
  },
  abandon() {},
};

/** Named pipes whose names are gone again once both of their ends are open. Node has no call that makes a nameless one. */
function makePipes(): Ends[] {
  const pipes: Ends[] = [];
  try {
    const directory = mkdtempSync(join(tmpdir(), 'jobdeck-pipes-'));
    try {
      const paths = Array.from({ length: BATCH }, (_, number) => join(directory, String(number)));
      const { status } = spawnSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' });
      canMake = status === 0;
      if (canMake) for (const path of paths) pipes.push(openBothEnds(path));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  } catch {
    // No room for a folder or for more descriptors: whoever asked gets what was made, or a pipe of Node's.
    canMake = pipes.length > 0;
  }
  return pipes;
}

function openBothEnds(path: string): Ends {
  // Reading without waiting for a writer; then a writer finds a reader and does not wait either.
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { readEnd, writeEnd: openSync(path, constants.O_WRONLY) };
  } catch (error) {
    closeSync(readEnd);
    throw error;
  }
}
