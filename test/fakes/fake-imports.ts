/** Imports as the main process holds them: read when a test says so, paged by filter, outcomes told. */
import { AppError } from '#shared/app-error.ts';
import type { RequestOf } from '#shared/contract/channels.ts';
import type {
  CheckedDocument,
  ImportedDocument,
  ImportFilter,
  ImportOpened,
  ImportProgress,
} from '#shared/contract/documents.ts';
import type { ReadPage } from '../../src-renderer/sync/imports/read-page.ts';
import { checkText } from './fake-checks.ts';

interface OpenImport {
  opened: ImportOpened;
  count: number;
  at: (place: number) => CheckedDocument;
  outcomes: ImportedDocument['outcome'][];
  /** How many documents are read by now. */
  read: number;
  state: ImportProgress['state'];
  problem: string | null;
}

export class FakeImports {
  /** While this is true nothing is read by itself: `readOn` does. */
  holdsBack = false;
  /** The reports that were written, newest last. */
  readonly reports: { importId: string; refused: readonly string[] }[] = [];
  readonly #onProgress: (progress: ImportProgress) => void;
  readonly #open = new Map<string, OpenImport>();

  constructor(onProgress: (progress: ImportProgress) => void = () => {}) {
    this.#onProgress = onProgress;
  }

  open(files: readonly { name: string; text: string }[]): ImportOpened {
    const documents = files.flatMap(({ name, text }) => checkText(name, text));
    const at = (place: number) => documents[place] as CheckedDocument;
    const sizes = files.map(({ name, text }) => ({ name, sizeBytes: new TextEncoder().encode(text).length }));
    return this.openMany(sizes, documents.length, at);
  }

  /** Any number of documents, each made when it is asked for. */
  openMany(
    files: ImportOpened['files'],
    count: number,
    at: (place: number) => CheckedDocument,
  ): ImportOpened {
    const opened = { importId: crypto.randomUUID(), files };
    const open: OpenImport = { opened, count, at, outcomes: [], read: 0, state: 'reading', problem: null };
    this.#open.set(opened.importId, open);
    if (!this.holdsBack) this.readOn(opened.importId);
    return opened;
  }

  /** Reads on to the document of this place, to the end by default. */
  readOn(importId: string, to?: number): void {
    const open = this.#find(importId);
    open.read = Math.min(to ?? open.count, open.count);
    if (open.read === open.count) open.state = 'read';
    this.#onProgress(this.progress(importId));
  }

  fail(importId: string, problem: string): void {
    Object.assign(this.#find(importId), { state: 'failed', problem });
    this.#onProgress(this.progress(importId));
  }

  progress(importId: string): ImportProgress {
    const { opened, count, read, state, problem } = this.#find(importId);
    const totalBytes = opened.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const bytesRead = count === 0 ? totalBytes : Math.round((totalBytes * read) / count);
    return { importId, bytesRead, totalBytes, counts: this.#counts(importId), state, problem };
  }

  /** As the window reads it: what comes over the bridge is the text of its documents. */
  page({ importId, filter, after, limit }: RequestOf<'import:page'>): ReadPage {
    const open = this.#find(importId);
    const documents: ImportedDocument[] = [];
    for (let place = after + 1; place < open.read; place += 1) {
      const document = documentAt(open, place);
      if (!isIn(filter, document)) continue;
      if (documents.length === limit) return { documents, next: documents.at(-1)?.place ?? null };
      documents.push(document);
    }
    return { documents, next: null };
  }

  tell({ importId, outcomes }: RequestOf<'import:outcomes'>): void {
    const open = this.#find(importId);
    for (const { place, outcome } of outcomes) {
      if (place >= open.read || open.at(place).job === null) {
        throw new AppError('bad-request', `Expected the place of a document that comes in, got ${place}.`);
      }
      open.outcomes[place] = outcome;
    }
  }

  report({ importId, refused }: RequestOf<'import:report'>): { path: string; count: number } {
    this.reports.push({ importId, refused });
    const { invalid } = this.#counts(importId);
    return { path: '/home/you/not-imported.ndjson', count: invalid };
  }

  close(importId: string): void {
    this.#open.delete(importId);
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** Those that are open, oldest first. */
  get ids(): string[] {
    return [...this.#open.keys()];
  }

  #counts(importId: string): ImportProgress['counts'] {
    const { read, count, at } = this.#find(importId);
    const counts = { total: read, valid: 0, repaired: 0, invalid: 0 };
    // Of a great many only the sum is told: making all of them would take too long.
    if (count > 10_000) return { ...counts, valid: read };
    for (let place = 0; place < read; place += 1) {
      const { job, repairs } = at(place);
      counts[job === null ? 'invalid' : repairs.length > 0 ? 'repaired' : 'valid'] += 1;
    }
    return counts;
  }

  #find(importId: string): OpenImport {
    const open = this.#open.get(importId);
    if (open === undefined) throw new AppError('not-found', 'Expected an import that is open, got none.');
    return open;
  }
}

function documentAt({ at, outcomes }: OpenImport, place: number): ImportedDocument {
  const document = at(place);
  return { ...document, place, outcome: document.job === null ? 'invalid' : (outcomes[place] ?? 'unknown') };
}

function isIn(filter: ImportFilter, { outcome, job, repairs }: ImportedDocument): boolean {
  if (filter === 'all') return true;
  return filter === 'repaired' ? job !== null && repairs.length > 0 : outcome === filter;
}
