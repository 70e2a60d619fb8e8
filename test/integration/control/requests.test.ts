import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { QueueSettings, RunnerStatus } from '#shared/contract/runner-state.ts';
import { answerRequests } from '../../../src-main/adapters/control/answer-requests.ts';
import { askOwner } from '../../../src-main/adapters/control/ask-owner.ts';
import { openControlFile } from '../../../src-main/adapters/control/control-file.ts';
import type { ControlRequest } from '../../../src-main/adapters/control/control-request.ts';
import { hasOwner } from '../../../src-main/adapters/control/data-owner.ts';
import { lockDataDirectory } from '../../../src-main/adapters/journal/data-lock.ts';
import type { Runner } from '../../../src-main/core/runner-types.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { temporaryDirectory } from '../journal/harness.ts';

const ID = sampleJob(0).id;
const DELIVERY = `msg_${'0'.repeat(32)}` as DeliveryId;
const SEND = { jobId: ID, job: null, deliveryId: DELIVERY, url: null };
const CANCEL: ControlRequest = { kind: 'cancel', ids: [ID] };

/** What a request can ask of a runner; the rest is not asked for. */
function fakeRunner(parts: Partial<Runner> = {}) {
  const queues: QueueSettings[] = [{ name: 'default', slots: 3, mode: 'open' }];
  const allowed: string[] = [];
  const callbacks: Partial<Runner['callbacks']> = {
    send: async (sends) => ({ sent: sends.flatMap(({ deliveryId }) => deliveryId ?? []), refused: [] }),
    stop: async (ids) => [...ids],
    allow: async (origins) => void allowed.push(...origins),
  };
  const runner: Partial<Runner> = {
    cancel: async (ids) => ({ requested: [...ids], unknown: [] }),
    suspend: async (ids) => ({ done: [...ids], refused: [] }),
    resume: async (ids) => ({ done: [...ids], refused: [] }),
    submit: async (jobs) => ({ accepted: jobs.map(({ id }) => id), refused: [] }),
    callbacks: callbacks as Runner['callbacks'],
    status: () => ({ queues }) as unknown as RunnerStatus,
    saveQueue(queue) {
      queues.splice(0, queues.length, ...queues.filter(({ name }) => name !== queue.name), queue);
    },
    ...parts,
  };
  return { runner: runner as Runner, queues, allowed };
}

/** A directory that this process has open and answers for. */
function owned(parts?: Partial<Runner>) {
  const directory = temporaryDirectory();
  const unlock = lockDataDirectory(directory);
  const { runner, queues, allowed } = fakeRunner(parts);
  const problems: string[] = [];
  const stop = answerRequests({ dataDirectory: directory, runner }, ({ message }) => problems.push(message));
  onTestFinished(() => {
    stop();
    unlock();
  });
  return { directory, queues, allowed, problems, stop, unlock };
}

describe('a request to the owner of a data directory', () => {
  it.each<ControlRequest>([
    CANCEL,
    { kind: 'suspend', ids: [ID] },
    { kind: 'continue', ids: [ID] },
    { kind: 'submit', jobs: [sampleJob(0)] },
  ])('to $kind is done and answered job by job', async (request) => {
    const { directory, problems } = owned();
    expect(await askOwner(directory, request)).toEqual({ done: [ID], refused: [] });
    expect(problems).toEqual([]);
  });

  it('lets callbacks of jobs that it hands over go where they lead, before those run', async () => {
    const { directory, allowed } = owned();
    const job = { ...sampleJob(0), callback_url: 'http://127.0.0.1:8080/done' };
    await askOwner(directory, { kind: 'submit', jobs: [job] });
    expect(allowed).toEqual(['http://127.0.0.1:8080']);
  });

  it('sends callbacks again and stops them, and names those that are over', async () => {
    const { directory } = owned();
    const done = { done: [DELIVERY], refused: [] };
    expect(await askOwner(directory, { kind: 'callback-send', sends: [SEND] })).toEqual(done);
    expect(await askOwner(directory, { kind: 'callback-stop', ids: [DELIVERY] })).toEqual(done);
    const error = { code: 'not-found', message: 'No longer known.' } as const;
    const other = owned({
      callbacks: {
        send: async () => ({ sent: [], refused: [{ jobId: ID, error }] }),
        stop: async () => [],
      } as unknown as Runner['callbacks'],
    });
    expect(await askOwner(other.directory, { kind: 'callback-send', sends: [SEND] })).toEqual({
      done: [],
      refused: [{ id: ID, error }],
    });
    expect(await askOwner(other.directory, { kind: 'callback-stop', ids: [DELIVERY] })).toMatchObject({
      refused: [{ id: DELIVERY, error: { code: 'not-found' } }],
    });
  });

  it('changes of a queue what it names alone', async () => {
    const { directory, queues } = owned();
    await askOwner(directory, { kind: 'queue', name: 'default', mode: 'paused' });
    expect(queues).toEqual([{ name: 'default', slots: 3, mode: 'paused' }]);
    await askOwner(directory, { kind: 'queue', name: 'night', slots: 1 });
    expect(queues).toContainEqual({ name: 'night', slots: 1, mode: 'open' });
  });

  it('brings back why a job was refused, and why all was', async () => {
    const { directory } = owned({
      cancel: async (ids) => ({ requested: [], unknown: [...ids] }),
      saveQueue: () => {
        throw new AppError('conflict', 'Not now.');
      },
    });
    expect(await askOwner(directory, CANCEL)).toMatchObject({ refused: [{ error: { code: 'not-found' } }] });
    await expect(askOwner(directory, { kind: 'queue', name: 'default', mode: 'open' })).rejects.toMatchObject(
      {
        code: 'conflict',
        message: 'Not now.',
      },
    );
  });

  it.each([
    ['hello', 'Expected an object'],
    [{ kind: 'explode' }, 'Expected a kind of request that is known, got "explode"'],
    [{ kind: 'cancel', ids: ['../..'] }, '/ids/0'],
    [{ kind: 'submit', jobs: [{ ...sampleJob(0), status: 'gone' }] }, '/jobs/0/status'],
    [{ kind: 'queue', name: 'default', mode: 'sideways' }, '/mode'],
    [{ kind: 'callback-send', sends: [{ ...SEND, jobId: '..' }] }, '/sends/0/jobId'],
    [{ kind: 'callback-stop', ids: ['msg_1'] }, '/ids/0'],
  ])('is refused where it is none: %#', async (request, message) => {
    const { directory } = owned();
    await expect(askOwner(directory, request as unknown as ControlRequest)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(message),
    });
  });

  it('is answered even if the owner ends while it is done', async () => {
    let finish = () => {};
    const started = Promise.withResolvers<void>();
    const { directory, stop } = owned({
      cancel: (ids) =>
        new Promise((resolve) => {
          finish = () => resolve({ requested: [...ids], unknown: [] });
          started.resolve();
        }),
    });
    const answer = askOwner(directory, CANCEL);
    await started.promise;
    stop();
    finish();
    expect(await answer).toEqual({ done: [ID], refused: [] });
  });

  it('is taken back, and never done later, where the owner does not answer', async () => {
    const directory = temporaryDirectory();
    onTestFinished(lockDataDirectory(directory));
    await expect(askOwner(directory, CANCEL, { untilTakenMs: 1 })).rejects.toMatchObject({
      code: 'data-in-use',
      message: expect.stringContaining('nothing was done'),
    });
    const file = openControlFile(directory);
    onTestFinished(() => file.close());
    expect(file.take(0)).toBeNull();
  });

  it('is taken back where nobody has the directory any more: the asker may do it itself', async () => {
    const directory = temporaryDirectory();
    expect(hasOwner(directory)).toBe(false);
    expect(await askOwner(directory, CANCEL)).toBeNull();
  });

  it('says so where the owner was killed over it', async () => {
    const directory = temporaryDirectory();
    const unlock = lockDataDirectory(directory);
    const answer = askOwner(directory, CANCEL);
    const owner = openControlFile(directory);
    expect(owner.take(Date.now())).toMatchObject({ request: CANCEL });
    owner.close();
    unlock();
    await expect(answer).rejects.toMatchObject({
      message: expect.stringContaining('ended before it answered'),
    });
  });

  it('of an asker that was killed is not done once nobody waits for it', async () => {
    const directory = temporaryDirectory();
    const file = openControlFile(directory);
    onTestFinished(() => file.close());
    file.ask(CANCEL, 1000);
    expect(file.take(1000)).toBeNull();
    const other = file.ask(CANCEL, 2000);
    expect(file.take(1999)).toMatchObject({ id: other });
    file.sweep(1500);
    expect(file.take(1999)).toBeNull();
  });

  it.runIf(process.platform !== 'win32')('is readable by the owner of the file alone', () => {
    const { directory } = owned();
    expect(statSync(join(directory, 'control.sqlite')).mode & 0o777).toBe(0o600);
  });

  it('that can not be read is a sentence, and the runner goes on', () => {
    const { runner } = fakeRunner();
    const problems: string[] = [];
    answerRequests({ dataDirectory: '/nowhere/at/all', runner }, ({ message }) => problems.push(message))();
    expect(problems).toHaveLength(1);
  });
});

describe('whether a data directory has an owner', () => {
  it('is asked of the lock, which a killed process has no more', async () => {
    const directory = temporaryDirectory();
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../journal/lock-and-say.ts'), directory],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(hasOwner(directory)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(hasOwner(directory)).toBe(false);
  });

  it('takes the lock from nobody', () => {
    const directory = temporaryDirectory();
    onTestFinished(lockDataDirectory(directory));
    expect(hasOwner(directory)).toBe(true);
    expect(hasOwner(directory)).toBe(true);
    expect(() => lockDataDirectory(directory)).toThrow(expect.objectContaining({ code: 'data-in-use' }));
  });
});
