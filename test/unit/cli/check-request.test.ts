import { describe, expect, it } from 'vitest';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import { createRequestCheck } from '../../../src-main/cli/run/check-request.ts';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';

const NOW = '2026-11-01T08:00:00.000Z';
const check = (request: JobdeckRequest) => createRequestCheck(NOW)(sampleJob(0, request));
const id = (index: number) => sampleJob(index).id;

describe('a valid document', () => {
  it('that can be run has no problem', () => {
    expect(check({ schedule: { cron: '0 6 * * 1-5', time_zone: 'Europe/Berlin' }, after: [id(1)] })).toEqual(
      [],
    );
    expect(
      check({
        items: { values: [{ path: 'a b' }] },
        task: { kind: 'command', program: 'cat', args: ['{{item.path}}'], env: { KEY: '{{secret.KEY}}' } },
      }),
    ).toEqual([]);
  });

  it.each([
    ['61 * * * *', 'Expected a cron expression, got "61 * * * *"'],
    ['daily', 'Expected five fields'],
  ])('with the schedule %s is told what was expected', (cron, message) => {
    expect(check({ schedule: { cron } })).toEqual([
      { path: '/metadata/jobdeck/schedule', message: expect.stringContaining(message) },
    ]);
  });

  it('with a schedule that is over is told so', () => {
    expect(check({ schedule: { cron: '0 6 * * *', until: '2026-10-01T00:00:00Z' } })).toEqual([
      { path: '/metadata/jobdeck/schedule', message: 'Expected a schedule with a time to come, got none.' },
    ]);
  });

  it('with a placeholder that its first item can not fill is told which', () => {
    const task: Task = { kind: 'command', program: 'cat', args: ['{{item.file}}'] };
    expect(check({ items: { values: [{ path: 'a' }] }, task })).toEqual([
      { path: '/metadata/jobdeck/task', message: expect.stringContaining('file') },
    ]);
    expect(check({ items: { file: 'rows.csv', format: 'csv' }, task })).toEqual([]);
    expect(check({ task })).toEqual([]);
  });

  it('that has ended is not looked at', () => {
    expect(createRequestCheck(NOW)(sampleJobIn('failed', 0, { schedule: { cron: 'never' } }))).toEqual([]);
  });
});

describe('documents that wait for each other', () => {
  it('are told at the one that closes the circle, with the way around', () => {
    const checkNext = createRequestCheck(NOW);
    expect(checkNext(sampleJob(0, { after: [id(1)] }))).toEqual([]);
    expect(checkNext(sampleJob(3, { after: [id(0)] }))).toEqual([]);
    expect(checkNext(sampleJob(1, { after: [id(4), id(2)] }))).toEqual([]);
    expect(checkNext(sampleJob(2, { after: [id(0)] }))).toEqual([
      {
        path: '/metadata/jobdeck/after',
        message: `Expected jobs that don't wait for each other, got ${[2, 0, 1, 2].map(id).join(' after ')}.`,
      },
    ]);
  });

  it('are found where one waits for itself', () => {
    expect(check({ after: [id(0)] })).toEqual([
      { path: '/metadata/jobdeck/after', message: expect.stringContaining(`${id(0)} after ${id(0)}`) },
    ]);
  });

  it('may wait for one job in two ways', () => {
    const checkNext = createRequestCheck(NOW);
    const jobs = [sampleJob(0), sampleJob(1, { after: [id(0)] }), sampleJob(2, { after: [id(0)] })];
    for (const job of [...jobs, sampleJob(3, { after: [id(1), id(2)] })]) expect(checkNext(job)).toEqual([]);
  });
});
