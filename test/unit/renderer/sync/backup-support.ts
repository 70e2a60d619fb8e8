import 'fake-indexeddb/auto';
/** What the tests of backups share: the real main process behind the window's calls, and histories of all kinds. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { ok, type Result, toErrorValue } from '#shared/contract/result.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Backups } from '../../../../src-main/adapters/backup/backups.ts';
import { saveJobs } from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { toDeliveryRow } from '../../../../src-renderer/db/delivery-row.ts';
import type { RowFacts } from '../../../../src-renderer/db/to-row.ts';
import { saveView } from '../../../../src-renderer/db/views.ts';
import { writeDeliveries } from '../../../../src-renderer/db/write-deliveries.ts';
import { createDocumentGenerator } from '../../../fakes/document-generator.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { Random } from '../../../fakes/random.ts';
import { sampleHistory } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

/** The calls of backups over a real folder: what crosses is cloned, as between processes. */
export function apiOver(backups: Backups): JobdeckApi {
  const { opened } = backups;
  const calls: Partial<JobdeckApi> = {
    listBackups: () => answer(() => backups.list()),
    beginBackup: ({ reason }) => answer(async () => ({ writeId: await backups.begin(reason) })),
    writeBackup: ({ writeId, records }) => done(() => backups.write(writeId, structuredClone(records))),
    finishBackup: ({ writeId }) => answer(() => backups.finish(writeId, 7)),
    cancelBackup: ({ writeId }) => done(() => backups.cancel(writeId)),
    checkBackup: ({ name }) => answer(() => backups.check(name)),
    openBackup: ({ name }) => answer(() => opened.open(backups.pathOf(name))),
    backupReading: ({ openId }) => answer(async () => opened.reading(openId)),
    readBackup: (request) => answer(async () => opened.page(request)),
    lackingInBackup: ({ openId, ids }) => answer(async () => ({ ids: opened.lacking(openId, ids) })),
    checkRoom: () => answer(async () => ({})),
    closeBackup: ({ openId }) => done(() => opened.close(openId)),
  };
  return calls as JobdeckApi;
}

async function answer<T>(handle: () => Promise<T>): Promise<Result<T>> {
  try {
    return structuredClone(ok(await handle()));
  } catch (error) {
    return { ok: false, error: toErrorValue(error) };
  }
}

function done(handle: () => Promise<void>): Promise<Result<Record<string, never>>> {
  return answer(async () => {
    await handle();
    return {};
  });
}

/** A wait that lets the file system go on. */
export const wait = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A history of generated documents, of every state and origin, with callbacks and a view; the same for a seed. */
export async function generatedHistory(seed: number, count: number): Promise<JobdeckDatabase> {
  const db = freshDatabase();
  const random = new Random(seed);
  const generator = createDocumentGenerator(seed);
  const ids = new Set<JobId>();
  const jobs = Array.from({ length: count }, () => generator.record()).filter(({ id }) => {
    const isNew = !ids.has(id);
    ids.add(id);
    return isNew;
  });
  const samples = sampleHistory(12).filter(({ id }) => !ids.has(id));
  await saveJobs(
    db,
    [...jobs, ...samples].map((job) => ({ job, facts: randomFacts(random) })),
  );
  await db.change(() =>
    writeDeliveries(
      db,
      [0, 1, 2, 3].map((index) => ({
        before: undefined,
        after: toDeliveryRow(historyDelivery(index, { state: index % 2 === 0 ? 'delivered' : 'abandoned' }), {
          jobName: jobdeckOf(sampleHistory(4)[index] as never)?.name ?? 'x',
          journalId: 'j',
          seq: index + 1,
        }),
      })),
    ),
  );
  await saveView(db, {
    name: 'Failed photos',
    filter: 'failed',
    search: 'tag:photos',
    sort: { column: 'duration', direction: 'desc' },
  });
  return db;
}

function randomFacts(random: Random): RowFacts {
  const hasRun = random.chance(0.5);
  return {
    origin: random.pick(['author', 'imported']),
    approvedAtMs: random.maybe(() => random.between(1, 1e9)),
    deletedAtMs: 0,
    journalId: hasRun ? 'j' : null,
    seq: hasRun ? random.between(1, 1000) : 0,
    importId: null,
  };
}
