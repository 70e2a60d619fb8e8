/** One import: its files are read through in the background, into a spool that pages are read from. */
import { randomUUID } from 'node:crypto';
import type {
  CheckedDocument,
  ImportCounts,
  ImportOpened,
  ImportProgress,
} from '#shared/contract/documents.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { checkedDocuments } from './checked-documents.ts';
import type { DocumentSource } from './document-source.ts';
import { openSpool, type Spool } from './spool.ts';
import { createRoomWatch, type FreeBytes } from './spool-room.ts';

export interface OpenImport {
  readonly opened: ImportOpened;
  readonly spool: Omit<Spool, 'add' | 'close'>;
  progress(): ImportProgress;
  /** Ends it, also in the middle of reading: its spool is gone when this resolves. */
  close(): Promise<void>;
}

/** While it is read, its progress is told at most this often. */
const TELL_EVERY_MS = 100;

/**
 * Begins to read.
 * @param now what documents without `created_at` get, RFC 3339
 * @param freeBytes on the disk that holds the spool; the system is asked where absent
 * @param onProgress called at most ten times a second, and once at the end; not before this has returned
 */
export function beginImport(
  sources: readonly DocumentSource[],
  now: string,
  onProgress: (progress: ImportProgress) => void,
  freeBytes?: FreeBytes,
): OpenImport {
  const importId = randomUUID();
  const files = sources.map(({ name, sizeBytes }) => ({ name, sizeBytes }));
  const spool = openSpool();
  let toldMs = performance.now();
  let isClosed = false;
  let progress: ImportProgress = {
    importId,
    bytesRead: 0,
    totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    counts: { total: 0, valid: 0, repaired: 0, invalid: 0 },
    state: 'reading',
    problem: null,
  };

  function change(changed: Partial<ImportProgress>): void {
    progress = { ...progress, ...changed };
    if (isClosed || (progress.state === 'reading' && performance.now() - toldMs < TELL_EVERY_MS)) return;
    toldMs = performance.now();
    onProgress(progress);
  }

  async function read(): Promise<void> {
    const origin = { now, uuid: randomUUID, by: null };
    const onRead = (bytes: number) => change({ bytesRead: progress.bytesRead + bytes });
    const keepRoom = createRoomWatch(freeBytes);
    try {
      // Whoever began this has its id before the first progress is told.
      await new Promise((resolve) => setImmediate(resolve));
      for (const source of sources) {
        for await (const found of checkedDocuments(
          counting(source, onRead, () => isClosed),
          origin,
        )) {
          if (isClosed) return;
          const { documents: kept, sizeBytes } = spool.add(found.map(({ checked }) => checked));
          change({ counts: counted(progress.counts, kept) });
          await keepRoom(sizeBytes);
        }
      }
      change({ state: 'read' });
    } catch (error) {
      change({ state: 'failed', problem: toErrorValue(error).message });
    }
  }

  const reading = read();
  return {
    opened: { importId, files },
    spool,
    progress: () => progress,
    async close() {
      if (isClosed) return reading;
      isClosed = true;
      await reading;
      spool.close();
    },
  };
}

/**
 * The same source, with its bytes counted as they are read, never more than it had when it was opened; it ends where the
 * import is closed, also in the middle of a document.
 */
function counting(
  source: DocumentSource,
  onRead: (bytes: number) => void,
  isClosed: () => boolean,
): DocumentSource {
  return {
    ...source,
    async *chunks() {
      let left = source.sizeBytes;
      for await (const chunk of source.chunks()) {
        if (isClosed()) return;
        onRead(Math.min(left, chunk.length));
        left -= Math.min(left, chunk.length);
        yield chunk;
      }
    },
  };
}

/** What comes in changed counts as repaired, whether it was valid or not. */
function counted(counts: ImportCounts, documents: readonly CheckedDocument[]): ImportCounts {
  const sum = { ...counts };
  for (const { job, repairs } of documents) {
    sum.total++;
    if (job === null) sum.invalid++;
    else if (repairs.length > 0) sum.repaired++;
    else sum.valid++;
  }
  return sum;
}
