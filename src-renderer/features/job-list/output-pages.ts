/**
 * The rows of a view whose output has a text: read view page by view page as one scrolls, each asked of the runner,
 * which has the files. What the record itself keeps of its output is looked at here.
 */
import { liveQuery, type Subscription } from 'dexie';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { unwrap } from '#shared/contract/result.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../../db/database.ts';
import type { JobRow } from '../../db/job-row.ts';
import { type Cursor, type JobView, jobsByIds, jobsPage } from '../../db/queries.ts';
import type { RowPagesSnapshot } from '../../services/row-pages/row-pages.ts';

export interface OutputSearchState {
  /** How many jobs were searched, and of how many of them only the beginning. */
  searched: number;
  cut: number;
  isGoing: boolean;
}

export type OutputSearchApi = Pick<JobdeckApi, 'searchOutput' | 'stopOutputSearch'>;

/** Found beyond what is on the screen before the search waits for one to scroll. */
const AHEAD = 50;
const PAGE_SIZE = 100;

export class OutputPages {
  readonly #api: OutputSearchApi;
  readonly #db: JobdeckDatabase;
  readonly #view: JobView;
  readonly #text: string;
  readonly #searchId = crypto.randomUUID();
  readonly #listeners = new Set<() => void>();
  #before: Cursor | null = null;
  #sight = 0;
  /** While nobody looks. */
  #isPaused = true;
  #live: Subscription | null = null;
  #state: OutputSearchState = { searched: 0, cut: 0, isGoing: false };
  #snapshot: RowPagesSnapshot<JobRow> = { rows: [], isRead: false, isWhole: false, error: null };

  /** @param view without what is looked for in the output */
  constructor(services: { api: OutputSearchApi; db: JobdeckDatabase }, view: JobView, text: string) {
    this.#api = services.api;
    this.#db = services.db;
    this.#view = view;
    this.#text = text;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#isPaused = false;
    void this.#goOn();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#isPaused = true;
      this.#interrupt();
      this.#live?.unsubscribe();
    };
  };

  getSnapshot = (): RowPagesSnapshot<JobRow> => this.#snapshot;
  getState = (): OutputSearchState => this.#state;

  setSight(_first: number, last: number): void {
    this.#sight = last;
    void this.#goOn();
  }

  /** Ends the search; what was found stays. */
  stop = (): void => {
    this.#tell({ isRead: true, isWhole: true });
    this.#interrupt();
  };

  /** Goes on where it failed. */
  again = (): void => {
    this.#tell({ isWhole: false, error: null });
    void this.#goOn();
  };

  get #isEnough(): boolean {
    const { rows, isWhole } = this.#snapshot;
    return this.#isPaused || isWhole || rows.length > this.#sight + AHEAD;
  }

  async #goOn(): Promise<void> {
    if (this.#state.isGoing || this.#isEnough) return;
    this.#tell({}, { isGoing: true });
    try {
      while (!this.#isEnough) await this.#readPage();
      this.#tell({}, { isGoing: false });
      this.#follow();
    } catch (error) {
      this.#tell({ isRead: true, isWhole: true, error }, { isGoing: false });
    }
  }

  async #readPage(): Promise<void> {
    const page = await jobsPage(this.#db, this.#view, { before: this.#before, limit: PAGE_SIZE });
    const before = this.#snapshot.rows;
    const found = new Set(page.rows.filter((row) => this.#isInRecord(row)).map((row) => row.id));
    let left = page.rows.map((row) => row.id).filter((id) => !found.has(id));
    let cut = 0;
    while (left.length > 0) {
      const answer = unwrap(
        await this.#api.searchOutput({ searchId: this.#searchId, jobIds: left, text: this.#text }),
      );
      // A page that was not searched to its end is searched anew when one looks again.
      if (this.#isPaused || this.#snapshot.isWhole) return;
      for (const { jobId } of answer.found) found.add(jobId);
      left = answer.left;
      cut += answer.cut.length;
      if (answer.found.length > 0) this.#show(before, page.rows, found);
    }
    this.#before = page.next;
    this.#show(before, page.rows, found);
    const { searched, cut: cutBefore } = this.#state;
    this.#tell(
      { isWhole: page.next === null },
      { searched: searched + page.rows.length, cut: cutBefore + cut },
    );
  }

  #show(before: readonly JobRow[], page: readonly JobRow[], found: ReadonlySet<JobId>): void {
    // A page that was left in its middle is searched anew: what it found before is there already.
    const shown = new Set(before.map((row) => row.id));
    const rows = [...before, ...page.filter((row) => found.has(row.id) && !shown.has(row.id))];
    this.#tell({ rows, isRead: rows.length > 0 });
  }

  #isInRecord(row: JobRow): boolean {
    const result = jobdeckOf(row.job)?.result;
    const wanted = this.#text.toLowerCase();
    return [result?.stdout, result?.stderr, result?.text].some((text) =>
      text?.toLowerCase().includes(wanted),
    );
  }

  /** Keeps what is shown up to date. */
  #follow(): void {
    this.#live?.unsubscribe();
    if (this.#isPaused) return;
    const ids = this.#snapshot.rows.map((row) => row.id);
    this.#live = liveQuery(() => jobsByIds(this.#db, ids)).subscribe({
      // What was found meanwhile is newer than this.
      next: (all) => {
        const rows = all.filter(({ listed }) => listed === 1);
        if (!this.#state.isGoing) this.#tell({ rows, isRead: true });
      },
      error: (error: unknown) => this.#tell({ error }),
    });
  }

  #interrupt(): void {
    if (this.#state.isGoing) void this.#api.stopOutputSearch({ searchId: this.#searchId });
  }

  #tell(change: Partial<RowPagesSnapshot<JobRow>>, state: Partial<OutputSearchState> = {}): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#state = { ...this.#state, ...state };
    for (const listener of this.#listeners) listener();
  }
}
