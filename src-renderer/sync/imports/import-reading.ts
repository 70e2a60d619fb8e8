/**
 * An import while its files are read: each page of documents is compared with the history once, as it comes, and
 * what it is to the history is told back. What is kept of a document is a count.
 */
import type { Disposer, JobdeckApi } from '#shared/contract/app-api.ts';
import type {
  ImportedDocument,
  ImportOpened,
  ImportOutcome,
  ImportProgress,
} from '#shared/contract/documents.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { errorSentence } from '../../db/database-problem.ts';
import { type Comparison, compareWithHistory } from '../../db/import-compare.ts';
import type { SyncContext } from '../context.ts';
import { kindsOf } from './import-plan.ts';
import { type Group, ImportTally, type Judged, type ListFilter } from './import-tally.ts';
import { type ReadPage, readPage } from './read-page.ts';
import { waitsForApproval } from './waits-for-approval.ts';

export type ReadingApi = Pick<
  JobdeckApi,
  'importProgress' | 'readImport' | 'tellImportOutcomes' | 'onImportProgressed'
>;

export interface ReadingSnapshot {
  progress: ImportProgress | null;
  /** Of the documents that are compared so far. */
  counts: Readonly<Record<ListFilter, number>>;
  groups: readonly Group[];
  /** True once every document was read and compared with the history. */
  isWhole: boolean;
  /** Why it could not be read on, as a sentence. */
  problem: string | null;
}

export interface ReadingOptions {
  /** Calls back once after so many milliseconds: `setTimeout` by default. */
  schedule?: (callback: () => void, delayMs: number) => Disposer;
  /** Documents a page. */
  pageSize?: number;
}

/** A page crosses in one message and is compared in one transaction. */
const PAGE = 250;
/** A push may be lost: so often progress is asked for. */
const POLL_MS = 500;

export class ImportReading {
  readonly tally = new ImportTally();
  /** Places of documents whose job waited or ran when they were compared. */
  readonly active = new Set<number>();
  readonly #context: { api: ReadingApi; db: SyncContext['db'] };
  readonly #importId: string;
  readonly #schedule: NonNullable<ReadingOptions['schedule']>;
  readonly #pageSize: number;
  readonly #listeners = new Set<() => void>();
  #snapshot: ReadingSnapshot;
  #isDisposed = false;
  #stopListening: Disposer = () => {};
  #wake: () => void = () => {};
  /** Whether something was pushed since progress was last asked for. */
  #hasNews = false;

  constructor(
    context: { api: ReadingApi; db: SyncContext['db'] },
    { importId }: Pick<ImportOpened, 'importId'>,
    { schedule = afterDelay, pageSize = PAGE }: ReadingOptions = {},
  ) {
    this.#context = context;
    this.#importId = importId;
    this.#schedule = schedule;
    this.#pageSize = pageSize;
    const { counts, groups } = this.tally;
    this.#snapshot = { progress: null, counts, groups, isWhole: false, problem: null };
  }

  subscribe = (listener: () => void): Disposer => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): ReadingSnapshot => this.#snapshot;

  /** Reads to the end. Never rejects: what goes wrong is in the snapshot. */
  async start(): Promise<void> {
    this.#stopListening = this.#context.api.onImportProgressed((progress) => {
      if (progress.importId !== this.#importId || this.#isDisposed) return;
      this.#change({ progress });
      this.#hasNews = true;
      this.#wake();
    });
    try {
      await this.#readThrough();
    } catch (error) {
      this.#change({ problem: errorSentence(error) });
    } finally {
      this.#stopListening();
    }
  }

  /** Ends it after the page at hand; nothing is told any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#stopListening();
    this.#wake();
  }

  async #readThrough(): Promise<void> {
    const { api } = this.#context;
    let after = -1;
    while (!this.#isDisposed) {
      this.#hasNews = false;
      // Asked for before the pages: what is read when this says so is in those that come after.
      const progress = unwrap(await api.importProgress({ importId: this.#importId }));
      this.#change({ progress });
      after = await this.#readPages(after);
      if (progress.state === 'failed') throw new Error(progress.problem ?? 'It could not be read.');
      if (progress.state === 'read') return this.#change({ isWhole: true });
      await this.#nextProgress();
    }
  }

  /** Goes through all that is read by now, and gives the place it came to. */
  async #readPages(from: number): Promise<number> {
    let after = from;
    let page = await this.#page(after);
    while (!this.#isDisposed) {
      // The next page is on its way while this one is compared.
      const ahead = page.next === null ? null : this.#page(page.next);
      // Heard where it is awaited; not at all where comparing fails before that.
      ahead?.catch(() => {});
      await this.#compare(page.documents);
      after = page.documents.at(-1)?.place ?? after;
      if (ahead === null) break;
      page = await ahead;
    }
    return after;
  }

  #page(after: number): Promise<ReadPage> {
    const request = { importId: this.#importId, filter: 'all', after, limit: this.#pageSize } as const;
    return readPage(this.#context.api, request);
  }

  async #compare(documents: readonly ImportedDocument[]): Promise<void> {
    const { api, db } = this.#context;
    const good = documents.filter(hasJob);
    const comparisons = await compareWithHistory(
      db,
      good.map(({ job }) => job),
    );
    if (this.#isDisposed) return;
    const found = new Map(good.map(({ place }, index) => [place, comparisons[index] ?? 'new']));
    const outcomes = [...found].map(([place, comparison]) => ({ place, outcome: outcomeOf(comparison) }));
    if (outcomes.length > 0) {
      unwrap(await api.tellImportOutcomes({ importId: this.#importId, outcomes }));
    }
    for (const [place, comparison] of found) if (comparison === 'active') this.active.add(place);
    for (const document of documents) this.tally.add(judged(document, found.get(document.place)));
    const { counts, groups } = this.tally;
    this.#change({ counts, groups });
  }

  #nextProgress(): Promise<void> {
    if (this.#hasNews) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#schedule(resolve, POLL_MS);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  #change(change: Partial<ReadingSnapshot>): void {
    if (this.#isDisposed) return;
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** What the lists and sums need to know of a document. */
export function judged(document: ImportedDocument, comparison: Comparison | undefined): Judged {
  const { place, job } = document;
  return {
    place,
    outcome: job === null || comparison === undefined ? 'invalid' : outcomeOf(comparison),
    repairs: job === null ? [] : kindsOf(document),
    waits: job !== null && waitsForApproval(job),
    isActive: comparison === 'active',
  };
}

function outcomeOf(comparison: Comparison): Exclude<ImportOutcome, 'invalid'> {
  return comparison === 'active' ? 'conflict' : comparison;
}

function hasJob(document: ImportedDocument): document is ImportedDocument & { job: BatchJob } {
  return document.job !== null;
}

function afterDelay(callback: () => void, delayMs: number): Disposer {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
