import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { draftOf } from '../../fakes/journal-contract.ts';
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
    journal.forget([jobId]);
    expect(journal.find(jobId)).toBeUndefined();
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
});
