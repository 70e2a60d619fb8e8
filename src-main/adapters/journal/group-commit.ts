/**
 * Writes that arrive together share one commit, whatever they write: events of the journal, items of a batch. A
 * commit is bounded, and the event loop gets its turn between two of them. Order of arrival is order of commit.
 */

export interface GroupedWrite<R> {
  /** Called within the transaction. What it throws undoes the whole group, and each of its writes rejects with it. */
  apply(): R;
  /** Called once the group is durable, before any of its promises resolves. */
  committed?(result: R): void;
  /** Roughly what it adds to the file. */
  sizeBytes: number;
  /** How many rows it writes; 1 where absent. */
  rows?: number;
}

export interface GroupCommit {
  add<R>(write: GroupedWrite<R>): Promise<R>;
  /** Commits all that waits, now. */
  flush(): void;
}

export const MAX_ROWS_PER_COMMIT = 256;
export const MAX_BYTES_PER_COMMIT = 1024 * 1024;

interface Waiting {
  apply(): void;
  committed(): void;
  reject: (reason: unknown) => void;
  sizeBytes: number;
  rows: number;
}

/** @param transaction does all of an action or nothing of it, and is durable on return */
export function createGroupCommit(transaction: (action: () => void) => void): GroupCommit {
  let waiting: Waiting[] = [];
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      if (waiting.length === 0) return;
      commitSome();
      if (waiting.length > 0) schedule();
    });
  }

  function commitSome(): void {
    const group = waiting.slice(0, groupLength());
    waiting = waiting.slice(group.length);
    try {
      transaction(() => {
        for (const write of group) write.apply();
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const write of group) write.committed();
  }

  /** At least one, however large it is. */
  function groupLength(): number {
    let bytes = 0;
    let rows = 0;
    const end = waiting.findIndex((write, index) => {
      bytes += write.sizeBytes;
      rows += write.rows;
      return index > 0 && (rows > MAX_ROWS_PER_COMMIT || bytes > MAX_BYTES_PER_COMMIT);
    });
    return end === -1 ? waiting.length : end;
  }

  return {
    add<R>({ apply, committed, sizeBytes, rows = 1 }: GroupedWrite<R>) {
      schedule();
      return new Promise<R>((resolve, reject) => {
        let result: R;
        waiting.push({
          apply() {
            result = apply();
          },
          committed() {
            committed?.(result);
            resolve(result);
          },
          reject,
          sizeBytes,
          rows,
        });
      });
    },
    flush() {
      while (waiting.length > 0) commitSome();
    },
  };
}
