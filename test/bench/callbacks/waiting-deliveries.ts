/** Data directories whose jobs have ended and whose callbacks wait: what a crash or a long sleep leaves. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { newJob } from '#shared/job/new-job.ts';
import { createDeliveryStore } from '../../../src-main/adapters/deliveries/delivery-store.ts';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { createSqliteJournal } from '../../../src-main/adapters/journal/sqlite-journal.ts';
import { SYSTEM_RANDOM } from '../../../src-main/adapters/system/system-random.ts';
import { isDelivery, isJob } from '../../../src-main/adapters/validators/index.ts';
import { deliveryOfEnd, type MadeDelivery } from '../../../src-main/core/callbacks/new-delivery.ts';
import type { JournalWrite } from '../../../src-main/core/ports.ts';

const PAGE = 200;

/**
 * Fills a data directory that is new.
 * @param waitMs how long the first attempt is to wait from now
 * @returns the messages, which are the same bytes for whoever sends them
 */
export async function fillWithDeliveries(
  directory: string,
  { count, url, waitMs = 0 }: { count: number; url: string; waitMs?: number },
): Promise<MadeDelivery[]> {
  const database = openDatabase(join(directory, 'journal.sqlite'));
  const onProblem = (error: Error) => {
    throw error;
  };
  const deliveries = createDeliveryStore(database, { isDelivery, onProblem });
  const journal = createSqliteJournal(database, { isJob, deliveries, onProblem });
  const made: MadeDelivery[] = [];
  for (let at = 0; at < count; at += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, count - at) }, () => ended(url, waitMs));
    await journal.appendAll(page.map(({ write }) => write));
    made.push(...page.map(({ message }) => message));
  }
  journal.close();
  database.close();
  return made;
}

function ended(url: string, waitMs: number): { write: JournalWrite; message: MadeDelivery } {
  const now = new Date().toISOString();
  const job = endedJob(url, now);
  const settings = { ...DEFAULT_SETTINGS, callbackScheduleMs: [waitMs] };
  const message = deliveryOfEnd(job, { now, random: SYSTEM_RANDOM, settings });
  if (message === null) throw new Error(`Expected ${job.id} to have a callback.`);
  const { delivery, body } = message;
  const write = {
    event: { type: 'ended', jobId: job.id, at: now, job, deliveries: [delivery] },
    newDeliveries: [{ id: delivery.id, body }],
  } as const satisfies JournalWrite;
  return { write: { ...write, event: { ...write.event, deliveries: [delivery] } }, message };
}

/** A record of about a kilobyte, as a small command leaves it. */
function endedJob(url: string, now: string): BatchJob {
  const made = newJob(
    { name: 'Checksum photos', task: { kind: 'command', program: 'sha256sum', args: ['a.jpg'] } },
    { now, uuid: randomUUID, by: null },
  );
  const attempt = { number: 1, started_at: now, ended_at: now, duration_ns: 1_234_567, outcome: 'completed' };
  const result = {
    exit_code: 0,
    signal: null,
    stdout: `${'0123456789abcdef'.repeat(4)}  a.jpg\n`,
    stderr: '',
  };
  return {
    ...made,
    status: 'completed',
    stop_reason: 'end_turn',
    completed_at: now,
    callback_url: url,
    metadata: { jobdeck: { ...made.metadata?.jobdeck, version: 1, attempts: [attempt], result } },
  } as BatchJob;
}
