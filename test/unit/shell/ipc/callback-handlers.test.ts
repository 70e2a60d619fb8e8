import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { CallbackSend } from '#shared/contract/callbacks.ts';
import { createReceiver } from '../../../../src-main/adapters/receiver/receiver.ts';
import { checkRequest, checkResponse } from '../../../../src-main/adapters/validators/index.ts';
import type { HandlerContext } from '../../../../src-main/shell/ipc/context.ts';
import { callbackHandlers } from '../../../../src-main/shell/ipc/nouns/callback-handlers.ts';
import { jobHandlers } from '../../../../src-main/shell/ipc/nouns/job-handlers.ts';
import { receiverHandlers } from '../../../../src-main/shell/ipc/nouns/receiver-handlers.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';

const ID = `msg_${'0'.repeat(32)}` as DeliveryId;
const calls: string[] = [];
const note =
  <T>(name: string, answer: T) =>
  async (given: unknown): Promise<T> => {
    calls.push(`${name} ${JSON.stringify(given)}`);
    return answer;
  };

const runner = {
  callbacks: {
    send: note('send', { sent: [ID], refused: [] }),
    stop: note('stop', [ID]),
    allow: note('allow', undefined),
  },
  submit: async (jobs: readonly { id: string }[]) =>
    note('submit', { accepted: [], refused: [] })(jobs.map(({ id }) => id)),
};
const remove = vi.fn();
const receiver = createReceiver({ now: () => '2026-11-24T18:00:00.000Z' });
const context = {
  workspace: {
    runner,
    callbackKeys: { remove, list: () => ({ keys: [], backend: 'file' }) },
    previewCallback: note('preview', { url: 'http://a/', headers: {}, body: '{}' }),
  },
  receiver,
} as unknown as HandlerContext;
const handlers = { ...callbackHandlers(context), ...jobHandlers(context), ...receiverHandlers(context) };

beforeEach(() => {
  calls.length = 0;
});

describe('what is submitted', () => {
  const jobs = [
    { ...sampleJob(0), callback_url: 'http://127.0.0.1:8080/done?a=1' },
    { ...sampleJob(1), callback_url: 'http://127.0.0.1:8080/other' },
    { ...sampleJob(2), callback_url: 'no url at all' },
    sampleJob(3),
  ];
  const submitted = `submit ${JSON.stringify(jobs.map(({ id }) => id))}`;

  it('may call back to where the person wrote, before it is run', async () => {
    await handlers['job:submit']({ jobs, consent: 'author' });
    expect(calls).toEqual(['allow ["http://127.0.0.1:8080"]', submitted]);
  });

  it('may call back only to what was shown, where it was imported', async () => {
    await handlers['job:submit']({ jobs, consent: 'reviewed' });
    expect(calls.splice(0)).toEqual([submitted]);
    await handlers['job:submit']({
      jobs,
      consent: 'reviewed',
      localCallbacks: ['http://10.0.0.1/', 'nonsense'],
    });
    expect(calls).toEqual(['allow ["http://10.0.0.1"]', submitted]);
  });
});

describe('deliveries', () => {
  const send: CallbackSend = { jobId: sampleJob(0).id, job: null, deliveryId: ID, url: null };

  it('are sent again', async () => {
    const report = await handlers['callback:send']({ sends: [send] });
    expect(checkResponse('callback:send', report)).toBeNull();
    expect(calls).toEqual([`send ${JSON.stringify([send])}`]);
  });

  it('are stopped', async () => {
    expect(await handlers['callback:stop']({ ids: [ID] })).toEqual({ stopped: [ID] });
  });

  it('are let go to an origin, and to nothing that is none', async () => {
    expect(await handlers['callback:allow']({ origin: 'http://192.168.0.7' })).toEqual({});
    expect(calls.splice(0)).toEqual(['allow ["http://192.168.0.7"]']);
    await expect(handlers['callback:allow']({ origin: '*' })).rejects.toMatchObject({ code: 'bad-request' });
    expect(calls).toEqual([]);
  });

  it('are shown as they would be sent', async () => {
    const preview = await handlers['callback:preview']({ id: ID });
    expect(checkResponse('callback:preview', preview)).toBeNull();
  });
});

it('gives the keys, and forgets one', async () => {
  expect(checkResponse('callback-key:list', await handlers['callback-key:list']({}))).toBeNull();
  expect(await handlers['callback-key:remove']({ id: 'a' })).toEqual({});
  expect(remove).toHaveBeenCalledExactlyOnceWith('a');
});

it('starts the receiver, shows what came, and stops it, in answers that are valid', async () => {
  const settings = { port: null, secret: null, answerStatus: 202 };
  expect(checkRequest('receiver:start', settings)).toBeNull();
  const started = await handlers['receiver:start'](settings);
  expect(checkResponse('receiver:start', started)).toBeNull();
  await fetch(started.url ?? '', { method: 'POST', body: '{}' });
  const list = await handlers['receiver:list']({});
  expect(checkResponse('receiver:list', list)).toBeNull();
  expect(list.received).toMatchObject([{ number: 1, status: 202 }]);
  const stopped = await handlers['receiver:stop']({});
  expect(checkResponse('receiver:stop', stopped)).toBeNull();
  expect(await handlers['receiver:state']({})).toEqual({
    url: null,
    hasSecret: false,
    answerStatus: 202,
    received: 1,
  });
});
