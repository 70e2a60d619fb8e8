/**
 * The spawn helper's entry. `spawn()` forks, and a fork costs time in proportion to the memory of the process
 * that forks; so it is done by this small process and not by the application. It runs as a utility process of
 * Electron or as a forked child of Node, and ends its children when whoever started it is gone.
 */
import { withoutInternals } from './child-environment.ts';
import { endTree } from './end-tree.ts';
import { type HelperReport, parseHelperRequest, type SpawnRequest } from './helper-messages.ts';
import { spawnChild } from './spawn-child.ts';

interface RunningChild {
  pid: number;
  request: SpawnRequest;
  ended: Promise<void>;
}

/** Electron's end of a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as unknown as { parentPort?: ParentPort | null }).parentPort ?? null;
const base = withoutInternals(process.env);
const children = new Map<number, RunningChild>();
let closing = false;

function report(message: HelperReport): void {
  if (parentPort !== null) parentPort.postMessage(message);
  // A report that can no longer be delivered has no reader: the channel's end is what `disconnect` tells.
  else if (process.connected) process.send?.(message, undefined, {}, () => {});
}

function receive(message: unknown): void {
  const request = parseHelperRequest(message);
  if (request.type === 'close') void close();
  else if (!closing) start(request);
}

function start(request: SpawnRequest): void {
  let markEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    markEnded = resolve;
  });
  const child = spawnChild(request, base, report, (last) => {
    children.delete(request.id);
    markEnded();
    report(last);
  });
  if (child?.pid !== undefined) children.set(request.id, { pid: child.pid, request, ended });
}

async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await Promise.all(
    [...children.values()].map(async ({ pid, request, ended }) => {
      const { marker, killGraceMs } = request;
      const survivors = await endTree({ pid, marker, graceMs: killGraceMs, leaderEnded: ended });
      // What a pipe still holds belongs in the file.
      if (survivors.length === 0) await ended;
    }),
  );
  process.exit(0);
}

if (parentPort === null) {
  process.on('message', receive);
  process.on('disconnect', () => void close());
} else {
  parentPort.on('message', (event) => receive(event.data));
}
// Ctrl-C and a closed terminal reach the whole foreground group: what they mean is for the application to say.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => void close());
report({ type: 'ready' });
