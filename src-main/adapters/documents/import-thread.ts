/** One thread that reads imports, and the calls that it is asked to answer. */
import { AppError } from '#shared/app-error.ts';
import type { ImportProgress } from '#shared/contract/documents.ts';
import type { AppErrorValue } from '#shared/contract/result.ts';
import type { Imports } from './import-session.ts';

export type ImportMethod = Exclude<keyof Imports, 'onProgress'>;

/** What `import-worker.ts` is started with. */
export interface ImportWorkerData {
  /** The folder where it is written down what is in the making. */
  leftovers: string;
}

export interface ImportCall {
  call: number;
  method: ImportMethod;
  given: unknown[];
}

/** What `import-worker.ts` says. */
export type ThreadMessage =
  | { kind: 'ready' }
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'answer'; call: number; value: unknown }
  | { kind: 'error'; call: number; error: AppErrorValue };

/** Of a `Worker` of node:worker_threads, what is used. */
export interface ThreadPort {
  postMessage(message: ImportCall): void;
  on(event: 'message', listener: (message: ThreadMessage) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}

export interface ImportThread {
  /** True once it answers, false where it ended before it did. */
  readonly ready: Promise<boolean>;
  ask<M extends ImportMethod>(
    method: M,
    ...given: Parameters<Imports[M]>
  ): Promise<Awaited<ReturnType<Imports[M]>>>;
  /** Ends it, whatever it is at: what it was asked and has not answered is refused at once. */
  end(): void;
}

/** @param onEnded called when it ends by itself, with the reason */
export function followThread(
  port: ThreadPort,
  onProgress: (progress: ImportProgress) => void,
  onEnded: (reason: AppError) => void,
): ImportThread {
  const ready = Promise.withResolvers<boolean>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  let reason: unknown = null;
  /** Why it answers no more. */
  let over: AppError | null = null;

  port.on('message', (message) => {
    if (over !== null) return;
    switch (message.kind) {
      case 'ready':
        ready.resolve(true);
        return;
      case 'progress':
        onProgress(message.progress);
        return;
      case 'answer':
        take(message.call)?.resolve(message.value);
        return;
      case 'error':
        take(message.call)?.reject(new AppError(message.error.code, message.error.message));
    }
  });
  port.on('error', (error) => {
    reason = error;
  });
  port.on('exit', () => {
    ready.resolve(false);
    if (over !== null) return;
    const error = ended(reason);
    refuse(error);
    onEnded(error);
  });

  function refuse(error: AppError): void {
    over = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function take(call: number): PromiseWithResolvers<unknown> | undefined {
    const found = waiting.get(call);
    waiting.delete(call);
    return found;
  }

  return {
    ready: ready.promise,
    ask(method, ...given) {
      if (over !== null) return Promise.reject(over);
      const call = calls++;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(call, answer);
      port.postMessage({ call, method, given });
      return answer.promise as never;
    },
    end() {
      refuse(closed());
      void port.terminate();
    },
  };
}

function closed(): AppError {
  return new AppError('closing', 'Expected the import to stay open, but it was closed.');
}

function ended(reason: unknown): AppError {
  const detail = reason instanceof Error ? `: ${reason.message}` : '';
  return new AppError(
    'internal',
    `Expected to read the import to its end, but what reads it broke off${detail}. Open the files again, in parts if they are large.`,
    { cause: reason },
  );
}
