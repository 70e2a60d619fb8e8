/** Jobdeck's end of the spawn helper: starts it when it is needed and tells each child's reports apart. */
import { AppError, assertNever } from '#shared/app-error.ts';
import type { SpawnHelperPort, StartSpawnHelper } from '../workspace-types.ts';
import {
  type DrainedOutput,
  type HelperReport,
  isPiped,
  parseHelperReport,
  type SpawnRequest,
} from './helper-messages.ts';
import type { SpawnFailure } from './spawn-failure.ts';

export type ChildEnd =
  | { kind: 'exited'; code: number | null; signal: string | null; durationNs: number }
  | ({ kind: 'failed' } & SpawnFailure)
  /** The helper ended before the child; `helperRan` is false where it never began to work. */
  | { kind: 'lost'; helperRan: boolean };

export interface SpawnedChild {
  /** Null until it has started. */
  readonly pid: number | null;
  readonly ttftNs: number | null;
  /** Settles when the process has started, or is known never to. */
  readonly started: Promise<void>;
  readonly ended: Promise<ChildEnd>;
  /** Settles after `ended`, once the output is in the files; null where the child wrote them itself, or nobody knows. */
  readonly drained: Promise<DrainedOutput | null>;
}

export interface HelperClient {
  /** @throws AppError `closing` after `close` */
  spawn(request: Omit<SpawnRequest, 'type' | 'id'>): SpawnedChild;
  /** Resolves when the helper has ended, and its children before it. */
  close(): Promise<void>;
}

/** How long the helper may take to end itself before it is killed. It has no children then, or they resist. */
const CLOSE_WAIT_MS = 10_000;

interface Child {
  pid: number | null;
  ttftNs: number | null;
  isPiped: boolean;
  markStarted: () => void;
  end: (end: ChildEnd) => void;
  markDrained: (output: DrainedOutput | null) => void;
}

interface Helper {
  port: SpawnHelperPort;
  ready: boolean;
  children: Map<number, Child>;
  exited: Promise<void>;
}

export function createHelperClient(startSpawnHelper: StartSpawnHelper): HelperClient {
  let helper: Helper | null = null;
  let lastId = 0;
  let closed = false;

  const start = (): Helper => {
    const port = startSpawnHelper();
    const exited = Promise.withResolvers<void>();
    const started: Helper = { port, ready: false, children: new Map(), exited: exited.promise };
    port.onMessage((message) => {
      try {
        receive(started, parseHelperReport(message));
      } catch {
        // A helper that talks nonsense can't be trusted to report an end: its attempts are lost with it.
        port.kill();
      }
    });
    port.onExit(() => {
      // The next child gets a new helper.
      if (helper === started) helper = null;
      for (const child of started.children.values()) {
        child.end({ kind: 'lost', helperRan: started.ready });
        child.markDrained(null);
      }
      started.children.clear();
      exited.resolve();
    });
    return started;
  };

  return {
    spawn(request) {
      if (closed) throw new AppError('closing', 'Jobdeck is closing: nothing is started any more.');
      helper ??= start();
      lastId += 1;
      const started = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<ChildEnd>();
      const drained = Promise.withResolvers<DrainedOutput | null>();
      const child: Child = {
        pid: null,
        ttftNs: null,
        isPiped: isPiped(request),
        markDrained: drained.resolve,
        markStarted: started.resolve,
        end(end) {
          started.resolve();
          ended.resolve(end);
        },
      };
      helper.children.set(lastId, child);
      helper.port.send({ type: 'spawn', id: lastId, ...request } satisfies SpawnRequest);
      return {
        get pid() {
          return child.pid;
        },
        get ttftNs() {
          return child.ttftNs;
        },
        started: started.promise,
        ended: ended.promise,
        drained: drained.promise,
      };
    },
    async close() {
      closed = true;
      if (helper === null) return;
      const { port, exited } = helper;
      port.send({ type: 'close' });
      const timer = setTimeout(() => port.kill(), CLOSE_WAIT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function receive(helper: Helper, report: HelperReport): void {
  if (report.type === 'ready') {
    helper.ready = true;
    return;
  }
  const child = helper.children.get(report.id);
  if (child === undefined) return;
  switch (report.type) {
    case 'started':
      child.pid = report.pid;
      child.markStarted();
      return;
    case 'firstByte':
      child.ttftNs = report.ttftNs;
      return;
    case 'exited':
      child.end({ kind: 'exited', code: report.code, signal: report.signal, durationNs: report.durationNs });
      if (!child.isPiped) settle(helper, report.id, null);
      return;
    case 'drained':
      settle(helper, report.id, { stdout: report.stdout, stderr: report.stderr, failure: report.failure });
      return;
    case 'failed':
      child.end({ kind: 'failed', stage: report.stage, errno: report.errno, message: report.message });
      settle(helper, report.id, null);
      return;
    default:
      assertNever(report);
  }
}

/** The last there is to hear of a child. */
function settle({ children }: Helper, id: number, output: DrainedOutput | null): void {
  children.get(id)?.markDrained(output);
  children.delete(id);
}
