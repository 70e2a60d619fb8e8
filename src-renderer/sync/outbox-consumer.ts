/** Keeps the history up with the runner: at the start, at the doorbell, and now and then. */
import type { Disposer, JobdeckApi } from '#shared/contract/app-api.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { withHistoryLock } from '../db/history-lock.ts';
import { problemSentence } from './problem-sentence.ts';
import { catchUp, type OutboxApi } from './pull.ts';

export interface OutboxConsumer {
  /** Ends it; what is under way is finished first. */
  (): void;
  /** Resolves when a round that began after this call is over, well or not. Never rejects. */
  pullNow(): Promise<void>;
}

export interface OutboxConsumerOptions {
  api: OutboxApi & Pick<JobdeckApi, 'onOutboxGrew'>;
  db: JobdeckDatabase;
  /** A sentence for the person when the history falls behind; null when it is well again. */
  onProblem: (sentence: string | null) => void;
  /** Calls back once after so many milliseconds: `setTimeout` by default. */
  schedule?: (callback: () => void, delayMs: number) => Disposer;
  /** Events a transaction. */
  pageSize?: number;
}

/** The doorbell may be lost: so often it is not waited for. */
const POLL_MS = 15_000;
const FIRST_RETRY_MS = 500;

/** Starts to pull; any number may run at once, in this window and in others. */
export function startOutboxConsumer({
  api,
  db,
  onProblem,
  schedule = afterDelay,
  pageSize,
}: OutboxConsumerOptions): OutboxConsumer {
  let isDisposed = false;
  let failures = 0;
  let cancelTimer: Disposer = () => {};
  let running: Promise<void> | null = null;
  let following: Promise<void> | null = null;

  const round = async () => {
    if (isDisposed) return;
    cancelTimer();
    try {
      await withHistoryLock(db, () => (isDisposed ? Promise.resolve() : catchUp(api, db, pageSize)));
      if (failures > 0 && !isDisposed) onProblem(null);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!isDisposed) onProblem(problemSentence(error));
    }
    if (isDisposed) return;
    const delayMs = failures === 0 ? POLL_MS : Math.min(POLL_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    cancelTimer = schedule(() => void pullNow(), delayMs);
  };

  /** A call in the middle of a round asks for one more: what rang may have come after the round's last look. */
  const pullNow = (): Promise<void> => {
    if (running === null) {
      running = round().finally(() => {
        running = null;
      });
      return running;
    }
    following ??= running.then(() => {
      following = null;
      return pullNow();
    });
    return following;
  };

  const stopListening = api.onOutboxGrew(() => void pullNow());
  void pullNow();
  const dispose = () => {
    isDisposed = true;
    stopListening();
    cancelTimer();
  };
  return Object.assign(dispose, { pullNow });
}

function afterDelay(callback: () => void, delayMs: number): Disposer {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
