import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { CHANNEL_SCHEMAS } from '#shared/contract/channel-schemas.ts';
import { checkRequest, checkResponse } from '../../../../src-main/adapters/validators/index.ts';
import type { Handlers } from '../../../../src-main/shell/ipc/handlers.ts';
import { createRouter, listen, type Router } from '../../../../src-main/shell/ipc/router.ts';
import { isTrustedSender } from '../../../../src-main/shell/ipc/trusted-sender.ts';
import type { Log } from '../../../../src-main/shell/log.ts';

const page = {} as WebContents;
const mainFrame = { url: 'app://jobdeck/index.html#/jobs', parent: null } as WebFrameMain;
const ours = { sender: page, senderFrame: mainFrame };
const STATUS = { slots: 2, running: 0, pending: 0, callbacksDue: 0, problem: null, queues: [], holds: [] };
const JOB_ID = 'job-0f8fad5b-d9cb-469f-a165-70867728950e';

let handlers: { [channel: string]: ReturnType<typeof vi.fn> };
let log: ReturnType<typeof vi.fn<Log>>;
let isClosing: boolean;
let router: Router;

beforeEach(() => {
  handlers = {
    'runner:status': vi.fn(async () => STATUS),
    'job:cancel': vi.fn(async ({ ids }) => ({ requested: ids, unknown: [] })),
  };
  log = vi.fn<Log>();
  isClosing = false;
  router = createRouter({
    handlers: handlers as unknown as Handlers,
    isTrusted: (sender) => isTrustedSender(sender, page),
    checkRequest,
    checkResponse,
    isClosing: () => isClosing,
    log,
  });
});

describe('a trusted sender', () => {
  it('gets the answer of the handler', async () => {
    expect(await router(ours, 'runner:status', {})).toEqual({ ok: true, value: STATUS });
    expect(await router(ours, 'job:cancel', { ids: [JOB_ID] })).toEqual({
      ok: true,
      value: { requested: [JOB_ID], unknown: [] },
    });
  });

  it.each([
    ['a page from elsewhere', { ...ours, senderFrame: { ...mainFrame, url: 'https://example.com/' } }],
    ['an empty address', { ...ours, senderFrame: { ...mainFrame, url: '' } }],
    ['a frame inside the page', { ...ours, senderFrame: { ...mainFrame, parent: mainFrame } }],
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['another window', { ...ours, sender: {} as WebContents }],
  ])('is not %s', async (_what, sender) => {
    const answer = await router(sender as typeof ours, 'runner:status', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } });
    expect(handlers['runner:status']).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledOnce();
  });

  it('is nobody while there is no window', () => {
    expect(isTrustedSender({ sender: page, senderFrame: mainFrame }, undefined)).toBe(false);
  });
});

describe('a request', () => {
  it.each(['job:explode', 'toString', '__proto__', 'constructor'])('of %s is refused', async (channel) => {
    expect(await router(ours, channel, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  it.each([
    ['nothing at all', 'runner:status', undefined, '(the whole)'],
    ['a field nobody knows', 'runner:status', { extra: 1 }, '/extra'],
    ['an id that is none', 'job:cancel', { ids: [JOB_ID, 'job-1'] }, '/ids/1'],
    ['too many ids', 'job:cancel', { ids: Array.from({ length: 1001 }, () => JOB_ID) }, '/ids'],
  ])('with %s is refused and says where', async (_what, channel, request, path) => {
    const answer = await router(ours, channel, request);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(!answer.ok && answer.error.message).toContain(`${channel}: ${path}`);
    expect(handlers[channel]).not.toHaveBeenCalled();
  });

  it('is refused once the application is closing', async () => {
    isClosing = true;
    expect(await router(ours, 'runner:status', {})).toMatchObject({ ok: false, error: { code: 'closing' } });
  });
});

describe('an answer', () => {
  it('that is not valid does not reach the page', async () => {
    handlers['runner:status']?.mockResolvedValue({ ...STATUS, slots: 0 });
    const answer = await router(ours, 'runner:status', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(!answer.ok && answer.error.message).toContain('/slots');
    expect(log).toHaveBeenCalledOnce();
  });

  it('carries the code and the sentence of a foreseen error', async () => {
    handlers['runner:status']?.mockRejectedValue(new AppError('disk-full', 'The disk is full.'));
    expect(await router(ours, 'runner:status', {})).toEqual({
      ok: false,
      error: { code: 'disk-full', message: 'The disk is full.' },
    });
    expect(log).not.toHaveBeenCalled();
  });

  it('is `internal`, and logged, for an error nobody foresaw', async () => {
    handlers['runner:status']?.mockImplementation(() => {
      throw new TypeError('x is not a function');
    });
    expect(await router(ours, 'runner:status', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(log).toHaveBeenCalledOnce();
  });
});

it('listens on every channel it has a handler for', async () => {
  const connected = new Map<string, (event: unknown, request: unknown) => unknown>();
  const ipcMain = { handle: connected.set.bind(connected) } as unknown as IpcMain;
  const all = Object.fromEntries(Object.keys(CHANNEL_SCHEMAS).map((channel) => [channel, vi.fn()]));
  listen(ipcMain, all as unknown as Handlers, router);
  expect([...connected.keys()]).toEqual(Object.keys(CHANNEL_SCHEMAS));
  expect(await connected.get('runner:status')?.(ours, {})).toEqual({ ok: true, value: STATUS });
});
