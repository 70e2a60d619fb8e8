/** Output that passes through the helper: secrets are taken out of it, and its length is limited. */
import type { Readable } from 'node:stream';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { createOutputSink, type OutputSink, type OutputSinkEnd } from '../output/output-sink.ts';
import type { ChildOutput, OutputTarget } from './child-output.ts';
import type { DrainedOutput } from './helper-messages.ts';
import { openPipe } from './pipes.ts';
import { codeOf, messageOf } from './system-error.ts';

/**
 * Once the child has ended: a pipe that something else keeps open is read until nothing comes for the first time,
 * and no longer than the second. What the child itself wrote is in the pipe by then.
 */
const QUIET_MS = 200;
const LONGEST_MS = 2000;

/** @throws AppError `internal` where a secret is too short to be one */
export function openPipedOutput(target: OutputTarget, onFirstByte: () => void): ChildOutput {
  const sinkTo = (path: string) =>
    createOutputSink({ path, redact: target.redact, maxBytes: target.maxOutputBytes });
  const sinks = [sinkTo(target.stdoutPath), sinkTo(target.stderrPath)] as const;
  const pipes = [openPipe(), openPipe()] as const;
  let drains: Drain[] = [];
  return {
    stdio: [pipes[0].childEnd, pipes[1].childEnd],
    handOver(child) {
      drains = [
        startDrain(pipes[0].take(child.stdout), sinks[0], onFirstByte),
        startDrain(pipes[1].take(child.stderr), sinks[1], onFirstByte),
      ];
    },
    abandon() {
      for (const pipe of pipes) pipe.abandon();
    },
    async finish() {
      const [stdout, stderr] = await Promise.all(drains.map((drain) => drain.finish()));
      return {
        stdout: stdout?.end ?? NOTHING_WRITTEN,
        stderr: stderr?.end ?? NOTHING_WRITTEN,
        failure: stdout?.failure ?? stderr?.failure ?? null,
      };
    },
  };
}

interface Ended {
  end: OutputSinkEnd;
  failure: DrainedOutput['failure'];
}

interface Drain {
  finish(): Promise<Ended>;
}

/** Reads `pipe` into `sink` for as long as it is open. */
function startDrain(pipe: Readable, sink: OutputSink, onFirstByte: () => void): Drain {
  let failure: Ended['failure'] = null;
  const failed = (error: unknown) => {
    failure ??= { errno: codeOf(error), message: messageOf(error) };
  };
  let isOpen = true;
  let chunks = 0;
  let writing: Promise<void> = Promise.resolve();

  const read = async () => {
    for await (const chunk of pipe) {
      // Something that outlived the child goes on writing: it is read, or it would have to stop, and belongs to no one.
      if (!isOpen) continue;
      if (chunks === 0) onFirstByte();
      chunks += 1;
      writing = sink.write(chunk).catch(failed);
      await writing;
      // Closes the pipe: the program's next write fails, as it would on a full disk.
      if (failure !== null) break;
    }
  };
  const ended = read().catch(failed);

  /** Resolves when nothing has come for a while, or has come for too long. */
  const quiet = async () => {
    const endMs = performance.now() + LONGEST_MS;
    for (let seen = -1; seen !== chunks && performance.now() < endMs; ) {
      seen = chunks;
      await delay(QUIET_MS, undefined, { ref: false });
      // A busy helper comes late: what waits in the pipe is read in the turn of the loop after the timers.
      await nextTurn();
      await writing;
    }
  };

  return {
    async finish() {
      await Promise.race([ended, quiet()]);
      isOpen = false;
      await writing;
      const end = await sink.end().catch((error: unknown) => {
        failed(error);
        return NOTHING_WRITTEN;
      });
      return { end, failure };
    },
  };
}

const NOTHING_WRITTEN: OutputSinkEnd = { bytes: 0, cutBytes: 0 };
