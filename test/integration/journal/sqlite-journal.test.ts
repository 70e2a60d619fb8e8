import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { MIGRATIONS } from '../../../src-main/adapters/journal/migrations.ts';
import { changeOf, draftOf, endOf } from '../../fakes/journal-contract.ts';
import { sampleDelivery } from '../../fakes/sample-deliveries.ts';
import { openJournal, swept, temporaryDirectory } from './harness.ts';

const pending = (number: number) => ({ event: draftOf('pending', number) });

describe('writes that arrive together', () => {
  it('share one commit, in which another connection sees all or none', async () => {
    const { journal, file } = openJournal();
    const reader = new DatabaseSync(file, { readOnly: true });
    const count = reader.prepare('SELECT count(*) AS events FROM events');
    const seen = new Set<unknown>();
    const appends = Array.from({ length: 100 }, (_, number) => journal.append(pending(number + 1)));
    for (const append of appends) void append.then(() => seen.add(count.get()?.events));
    seen.add(count.get()?.events);
    await Promise.all(appends);
    reader.close();
    expect([...seen]).toEqual([0, 100]);
  });

  it('are not one commit without end: ten thousand let the event loop have its turns', async () => {
    const { journal } = openJournal();
    let turns = 0;
    let isOver = false;
    const countTurns = () => {
      turns += 1;
      if (!isOver) setImmediate(countTurns);
    };
    setImmediate(countTurns);
    await Promise.all(Array.from({ length: 10_000 }, () => journal.append(pending(1))));
    isOver = true;
    expect(turns).toBeGreaterThan(10_000 / 256 - 1);
    expect(journal.head()).toBe(10_000);
  });

  it('are all refused where the disk is full, with a sentence, and the journal works when there is room', async () => {
    const { journal, sql, rows } = openJournal();
    await journal.append(pending(1));
    const pages = Number(rows('PRAGMA page_count')[0]?.page_count);
    sql(`PRAGMA max_page_count = ${pages}`);
    const large: BatchJob = { ...draftOf('pending', 2).job, metadata: { text: 'x'.repeat(100_000) } };
    const refused = await Promise.allSettled([
      journal.append({ event: { ...draftOf('pending', 2), job: large } }),
      journal.append(pending(3)),
    ]);
    for (const result of refused) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code: 'disk-full', message: expect.stringContaining('make room') },
      });
    }
    expect(journal.head()).toBe(1);
    sql('PRAGMA max_page_count = 1000000');
    expect((await journal.append(pending(3))).seq).toBe(2);
    expect(journal.eventsAfter(0, 10).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('that belong together are in one commit, or none of them is', async () => {
    const { journal, sql, rows } = openJournal();
    await journal.append(pending(1));
    const pages = Number(rows('PRAGMA page_count')[0]?.page_count);
    sql(`PRAGMA max_page_count = ${pages}`);
    const large: BatchJob = { ...draftOf('pending', 3).job, metadata: { text: 'x'.repeat(100_000) } };
    const event = { ...draftOf('pending', 3), job: large };
    await expect(journal.appendAll([pending(2), { event }])).rejects.toMatchObject({ code: 'disk-full' });
    expect([journal.head(), journal.find(draftOf('pending', 2).jobId)]).toEqual([1, undefined]);
    const odd = { ...draftOf('pending', 3), job: { ...large, metadata: { big: 1n } } as BatchJob };
    await expect(journal.appendAll([pending(2), { event: odd }])).rejects.toMatchObject({
      code: 'invalid-document',
    });
    expect(journal.head()).toBe(1);
  });

  it('that can not be JSON are refused alone', async () => {
    const { journal } = openJournal();
    const odd = { ...draftOf('pending', 1).job, metadata: { big: 1n } } as BatchJob;
    const [refused, written] = await Promise.allSettled([
      journal.append({ event: { ...draftOf('pending', 1), job: odd } }),
      journal.append(pending(2)),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'invalid-document' } });
    expect(written).toMatchObject({ status: 'fulfilled', value: { seq: 1 } });
  });

  it('and are waiting when it closes are committed; later ones are refused', async () => {
    const opened = openJournal();
    const append = opened.journal.append(pending(1));
    opened.close();
    expect((await append).seq).toBe(1);
    await expect(opened.journal.append(pending(2))).rejects.toMatchObject({ code: 'closing' });
    expect(openJournal(dirname(opened.file)).journal.head()).toBe(1);
  });
});

describe('a damaged row', () => {
  it.each([
    ['is not JSON', `UPDATE events SET job = '{"id":' WHERE seq = 2`],
    ['is no job', `UPDATE events SET job = '{"status":"pending"}' WHERE seq = 2`],
    ['is an odd status', `UPDATE events SET job = json_set(job, '$.status', 'lost') WHERE seq = 2`],
    ['is another job', `UPDATE events SET job = (SELECT job FROM events WHERE seq = 1) WHERE seq = 2`],
  ])('that %s is named, and the rest stays readable', async (_, damage) => {
    const { journal, sql, problems } = openJournal();
    for (const number of [1, 2, 3]) await journal.append(pending(number));
    const { jobId } = draftOf('pending', 2);
    sql(damage);
    expect(journal.eventsAfter(0, 10).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(journal.activeJobs().map(({ seq }) => seq)).toEqual([1, 3]);
    expect(journal.jobsAfter(null, 2)).toHaveLength(2);
    expect(() => journal.find(jobId)).toThrow(expect.objectContaining({ code: 'invalid-document' }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`Event 2 of ${jobId}`);
    await journal.forget([jobId]);
    expect(journal.find(jobId)).toBeUndefined();
  });

  it('is no end of what there is, also where a whole page of them is damaged', async () => {
    const { journal, sql } = openJournal();
    for (const number of [1, 2, 3, 4]) await journal.append(pending(number));
    sql(`UPDATE events SET job = '{' WHERE seq < 4`);
    expect(journal.eventsAfter(0, 2).map(({ seq }) => seq)).toEqual([4]);
  });

  it('of an unknown event type is left out of the outbox', async () => {
    const { journal, sql, problems } = openJournal();
    for (const number of [1, 2]) await journal.append(pending(number));
    sql(`UPDATE events SET type = 'exploded' WHERE seq = 1`);
    expect(journal.eventsAfter(0, 10).map(({ seq }) => seq)).toEqual([2]);
    expect(problems[0]).toContain('exploded');
  });
});

describe('the file', () => {
  it('is for its owner alone', async () => {
    const { journal, file } = openJournal();
    await journal.append(pending(1));
    for (const name of [file, `${file}-wal`, `${file}-shm`]) {
      expect([name, statSync(name).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('of the first version is opened with all that it has', async () => {
    const file = join(temporaryDirectory(), 'journal.sqlite');
    const first = new DatabaseSync(file);
    first.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1;`);
    const { jobId, at, type, job } = draftOf('pending', 1);
    first
      .prepare('INSERT INTO events (seq, job_id, at, type, job) VALUES (7, ?, ?, ?, ?)')
      .run(jobId, at, type, JSON.stringify(job));
    first.prepare("INSERT INTO jobs VALUES (7, ?, 7, 1, 'none')").run(jobId);
    first.close();
    const { journal } = openJournal(dirname(file));
    expect(journal.activeJobs()).toEqual([{ seq: 7, job, position: 7 }]);
    await journal.setPosition(jobId, 3);
    expect(journal.find(jobId)?.position).toBe(3);
  });

  it('of the second version is opened with the callbacks that it left to make, and they are kept until they are made', async () => {
    const file = join(temporaryDirectory(), 'journal.sqlite');
    writeSecondVersion(file);
    const opened = openJournal(dirname(file));
    const { journal, deliveries, rows } = opened;
    const idOf = (number: number) => draftOf('pending', number).jobId;
    expect(journal.callbacksDue().map(({ id }) => id)).toEqual([idOf(4), idOf(1)]);
    expect(journal.activeJobs()).toMatchObject([{ seq: 3, position: 1.5, job: { id: idOf(3) } }]);
    expect(deliveries.counts()).toEqual({ due: 0, untried: 0, held: 0 });
    expect(journal.eventsAfter(0, 10).map(({ deliveries }) => deliveries)).toEqual(Array(5).fill(undefined));
    expect(deliveries.jobsWithUntoldItems()).toEqual([]);
    expect(rows('SELECT idx, status, untold FROM items')).toEqual([
      { idx: 0, status: 'completed', untold: null },
    ]);

    const withoutBody = journal.append(changeOf(4, sampleDelivery(4)));
    await expect(withoutBody).rejects.toMatchObject({ code: 'not-found' });
    await journal.append(endOf(1));
    journal.acknowledge(journal.head());
    await swept(opened);
    expect(journal.callbacksDue().map(({ id }) => id)).toEqual([idOf(4)]);
    expect(journal.find(idOf(2))).toBeUndefined();
    await journal.append({ event: { ...draftOf('completed', 4), deliveries: [] } });
    expect(journal.callbacksDue()).toEqual([]);
    opened.close();
    expect(openJournal(dirname(file)).journal.callbacksDue()).toEqual([]);
  });

  it('of a newer version is refused with a sentence', () => {
    const opened = openJournal();
    opened.sql('PRAGMA user_version = 99');
    opened.close();
    expect(() => openDatabase(opened.file)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it('that is no database is refused with a sentence that names it', () => {
    const file = join(temporaryDirectory(), 'journal.sqlite');
    writeFileSync(file, 'not a database, '.repeat(1000));
    expect(() => openDatabase(file)).toThrow(
      expect.objectContaining({ code: 'io', message: expect.stringContaining(`${file} is damaged`) }),
    );
  });

  it('syncs every commit', () => {
    const { rows } = openJournal();
    expect(rows('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(rows('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  });
});

describe('compaction', () => {
  it('of a large backlog leaves what is active and drops everything else', async () => {
    const opened = openJournal();
    const { journal, rows } = opened;
    const numbers = Array.from({ length: 1500 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => journal.append(pending(number))));
    const ended = numbers.filter((number) => number % 3 !== 0);
    await Promise.all(ended.map((number) => journal.append({ event: draftOf('completed', number) })));
    journal.acknowledge(journal.head());
    await swept(opened);
    await swept(opened);
    expect(journal.activeJobs()).toHaveLength(500);
    expect(rows('SELECT count(*) AS jobs FROM jobs')).toEqual([{ jobs: 500 }]);
    expect(rows('SELECT count(*) AS events FROM events')).toEqual([{ events: 500 }]);
  });

  it('that a crash cut off goes on at the next start', async () => {
    const opened = openJournal();
    const numbers = Array.from({ length: 1500 }, (_, index) => index + 1);
    await Promise.all(
      numbers.map((number) => opened.journal.append({ event: draftOf('completed', number) })),
    );
    opened.journal.acknowledge(1500);
    opened.close();
    const again = openJournal(dirname(opened.file));
    expect(again.journal.jobsAfter(null, 10)).not.toEqual([]);
    while (again.journal.jobsAfter(null, 1).length > 0) await swept(again);
    expect(again.rows('SELECT count(*) AS events FROM events')).toEqual([{ events: 0 }]);
    expect(again.journal.head()).toBe(1500);
  });

  describe('where no history keeps what ended', () => {
    it('drops superseded events alone, and leaves each job its newest', async () => {
      const opened = openJournal(undefined, { keepsEnded: true });
      const { journal, rows } = opened;
      const numbers = Array.from({ length: 1500 }, (_, index) => index + 1);
      await Promise.all(numbers.map((number) => journal.append(pending(number))));
      await Promise.all(numbers.map((number) => journal.append({ event: draftOf('completed', number) })));
      journal.acknowledge(journal.head());
      await swept(opened);
      expect(rows('SELECT count(*) AS events, min(seq) AS first FROM events')).toEqual([
        { events: 1500, first: 1501 },
      ]);
      expect(journal.find(draftOf('completed', 1).jobId)?.job.status).toBe('completed');
    });

    it('begins each step where the one before it ended, in this process and in the next', async () => {
      const first = openJournal(undefined, { keepsEnded: true });
      const end = (number: number) => first.journal.append({ event: draftOf('completed', number) });
      await Promise.all([1, 2, 3].map(end));
      first.journal.acknowledge(3);
      await swept(first);
      // A step that looked below what is swept would drop the event that no job has any more.
      first.sql('DELETE FROM jobs WHERE seq = 2');
      await end(4);
      first.journal.acknowledge(4);
      await swept(first);
      first.close();
      const again = openJournal(dirname(first.file), { keepsEnded: true });
      await swept(again);
      expect(again.rows('SELECT seq FROM events ORDER BY seq').map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    });

    it('drops a job with the event that it has left when it is forgotten', async () => {
      const opened = openJournal(undefined, { keepsEnded: true });
      await opened.journal.append({ event: draftOf('completed', 1) });
      opened.journal.acknowledge(1);
      await swept(opened);
      await opened.journal.forget([draftOf('completed', 1).jobId]);
      expect(opened.rows('SELECT seq FROM events')).toEqual([]);
    });
  });
});

/**
 * As the second version wrote it: of five jobs two are ended and have a callback to be made, one is ended and has it
 * behind it, one is ended and wants none, and one waits.
 */
function writeSecondVersion(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`${MIGRATIONS[0]}; ${MIGRATIONS[1]}; PRAGMA user_version = 2;`);
  const addEvent = database.prepare('INSERT INTO events (seq, job_id, at, type, job) VALUES (?, ?, ?, ?, ?)');
  const addJob = database.prepare('INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?)');
  const jobs = [
    { number: 4, status: 'failed', callback: 'due' },
    { number: 2, status: 'completed', callback: 'delivered' },
    { number: 3, status: 'pending', callback: 'none' },
    { number: 1, status: 'completed', callback: 'due' },
    { number: 5, status: 'completed', callback: 'none' },
  ] as const;
  for (const [index, { number, status, callback }] of jobs.entries()) {
    const { jobId, at, type, job } = draftOf(status, number);
    addEvent.run(index + 1, jobId, at, type, JSON.stringify(job));
    const isActive = status === 'pending';
    addJob.run(index + 1, jobId, index + 1, isActive ? 1 : 0, callback, isActive ? 1.5 : null);
  }
  database.exec(`INSERT INTO batches (id, job_id, loaded, completed) VALUES (1, 'job-00000001', 1, 1);
    INSERT INTO item_values VALUES (1, 0, '"a"'); INSERT INTO items VALUES (1, 0, 'completed', 1, NULL)`);
  database.close();
}
