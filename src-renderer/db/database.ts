/** The history: every job this person has, in IndexedDB. */
import { Dexie, type Table } from 'dexie';
import type { OutboxCursor } from '#shared/contract/channels.ts';
import type { DeliveryRow } from './delivery-row.ts';
import type { JobBucket, JobRow } from './job-row.ts';
import { MIGRATIONS } from './migrations.ts';

export interface CounterRow {
  name: JobBucket;
  count: number;
}

export type MetaRow = { name: 'next-key'; value: number } | { name: 'outbox-cursor'; value: OutboxCursor };

export class JobdeckDatabase extends Dexie {
  declare readonly jobs: Table<JobRow, number>;
  declare readonly counters: Table<CounterRow, string>;
  declare readonly deliveries: Table<DeliveryRow, string>;
  declare readonly meta: Table<MetaRow, string>;

  constructor(name: string) {
    // Relaxed is Chromium's default: a write that was acknowledged to the runner could be lost in a power cut.
    super(name, { chromeTransactionDurability: 'strict' });
    for (const { version, stores, upgrade } of MIGRATIONS) {
      const described = this.version(version).stores(stores);
      if (upgrade) described.upgrade(upgrade);
    }
  }

  /** One durable transaction over everything: all of `change` or nothing of it. */
  change<T>(change: () => Promise<T>): Promise<T> {
    return this.transaction('rw', [this.jobs, this.counters, this.deliveries, this.meta], change);
  }
}

/** The history of that name; it opens itself at its first use. */
export function openDatabase(name = 'jobdeck'): JobdeckDatabase {
  return new JobdeckDatabase(name);
}
