/** The history: every job this person has, in IndexedDB. */
import { Dexie, type Table } from 'dexie';
import type { DeliveryState } from '#shared/callback/delivery.ts';
import type { OutboxCursor } from '#shared/contract/outbox.ts';
import type { CleanUpNote } from './clean-up-note.ts';
import type { DeliveryRow } from './delivery-row.ts';
import type { FacetRow } from './facets.ts';
import type { ImportRow, ReplacedRow } from './import-row.ts';
import type { JobBucket, JobRow } from './job-row.ts';
import { MIGRATIONS } from './migrations.ts';
import type { ViewRow } from './views.ts';

export type CounterName = JobBucket | `delivery-${DeliveryState}`;

export interface CounterRow {
  name: CounterName;
  count: number;
}

export type MetaRow =
  | { name: 'next-key'; value: number }
  | { name: 'outbox-cursor'; value: OutboxCursor }
  /** The key of the last row that `move-old-rows.ts` has looked at. */
  | { name: 'moved-up-to'; value: number }
  /** What was cleaned up last. */
  | { name: 'cleaned-up'; value: CleanUpNote }
  /** Whether the browser keeps this storage; null where it does not say. */
  | { name: 'storage-kept'; value: boolean | null };

export class JobdeckDatabase extends Dexie {
  declare readonly counters: Table<CounterRow, string>;
  declare readonly facets: Table<FacetRow, string>;
  declare readonly deliveries: Table<DeliveryRow, string>;
  declare readonly meta: Table<MetaRow, string>;
  declare readonly imports: Table<ImportRow, string>;
  declare readonly replaced: Table<ReplacedRow, [string, string]>;
  declare readonly views: Table<ViewRow, string>;

  constructor(name: string) {
    // Relaxed is Chromium's default: a write that was acknowledged to the runner could be lost in a power cut.
    super(name, { chromeTransactionDurability: 'strict' });
    for (const { version, stores, upgrade } of MIGRATIONS) {
      const described = this.version(version).stores(stores);
      if (upgrade) described.upgrade(upgrade);
    }
  }

  /** The rows of all jobs. The store `jobs` is that of versions 1 and 2. */
  get jobs(): Table<JobRow, number> {
    return this.table('history');
  }

  /** One durable transaction over everything: all of `change` or nothing of it. */
  change<T>(change: () => Promise<T>): Promise<T> {
    const { jobs, counters, facets, deliveries, meta, imports, replaced, views } = this;
    const tables = [jobs, counters, facets, deliveries, meta, imports, replaced, views];
    return this.transaction('rw', tables, change);
  }
}

/** The history of that name; it opens itself at its first use. */
export function openDatabase(name = 'jobdeck'): JobdeckDatabase {
  return new JobdeckDatabase(name);
}
