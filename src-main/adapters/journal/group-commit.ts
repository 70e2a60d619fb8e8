/**
 * Writes that arrive together share one commit. A commit is bounded, and the event loop gets its turn between
 * two of them. Order of arrival is order of commit.
 */
export interface GroupCommit<W, R> {
  add(write: W, sizeBytes: number): Promise<R>;
  /** Commits all that waits, now. */
  flush(): void;
}

export const MAX_WRITES_PER_COMMIT = 256;
export const MAX_BYTES_PER_COMMIT = 1024 * 1024;

interface Waiting<W, R> {
  write: W;
  sizeBytes: number;
  resolve: (result: R) => void;
  reject: (reason: unknown) => void;
}

/** @param commit writes all or none and is durable on return; what it throws rejects every write of the group */
export function createGroupCommit<W, R>(commit: (writes: readonly W[]) => R[]): GroupCommit<W, R> {
  let waiting: Waiting<W, R>[] = [];
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
    let results: R[];
    try {
      results = commit(group.map(({ write }) => write));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
  }

  /** At least one, however large it is. */
  function groupLength(): number {
    let bytes = 0;
    const end = waiting.findIndex(({ sizeBytes }, index) => {
      bytes += sizeBytes;
      return index === MAX_WRITES_PER_COMMIT || (index > 0 && bytes > MAX_BYTES_PER_COMMIT);
    });
    return end === -1 ? waiting.length : end;
  }

  return {
    add(write, sizeBytes) {
      schedule();
      return new Promise((resolve, reject) => waiting.push({ write, sizeBytes, resolve, reject }));
    },
    flush() {
      while (waiting.length > 0) commitSome();
    },
  };
}
