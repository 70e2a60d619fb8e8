/** Where callbacks go, and where they do not, on the wire. */
import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { HOSTILE_URLS } from '../../unit/adapters/callback/hostile-urls.ts';
import { answerWith, openSender, startReceiver } from './harness.ts';

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const v6 = (address: string): LookupAddress => ({ address, family: 6 });
const LOCAL = [v4('127.0.0.1')];
const METADATA = [v4('169.254.169.254')];

/** Answers each look-up with the next of these, the last one for ever. */
function answersInTurn(...answers: LookupAddress[][]) {
  const asked: string[] = [];
  const lookUp = async (hostname: string) => {
    asked.push(hostname);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return { asked, lookUp };
}

const CLOSING = answerWith(200, { connection: 'close' });
const inThisMachine = (port: number) => `http://callbacks.test:${port}/`;

describe('a hostile URL', () => {
  it.each(HOSTILE_URLS.filter(([, verdict]) => verdict === 'refused'))('%j is never sent to', async (url) => {
    const { asked, lookUp } = answersInTurn(LOCAL);
    const report = await openSender({ lookUp }).post(url);
    expect(report).toMatchObject({ outcome: 'refused', statusCode: null, address: null });
    expect(report.error).toMatch(/\.$|:$/);
    expect(asked).toEqual([]);
  });

  it.each(HOSTILE_URLS.filter(([, verdict]) => verdict === 'local'))(
    '%j waits until it is allowed',
    async (url) => {
      const { asked, lookUp } = answersInTurn(LOCAL);
      const report = await openSender({ lookUp }).post(url, { mayGoLocal: false });
      expect(report).toMatchObject({ outcome: 'local', statusCode: null, address: null });
      expect(report.error).toContain(new URL(url).origin);
      expect(asked).toEqual([]);
    },
  );

  it.each(HOSTILE_URLS.filter(([, verdict]) => verdict === 'name'))(
    '%j is judged by all addresses that its name has',
    async (url) => {
      const outcomes = async (mayGoLocal: boolean, ...addresses: LookupAddress[]) => {
        const { lookUp } = answersInTurn(addresses);
        const { outcome, error } = await openSender({ lookUp }).post(url, { mayGoLocal });
        return { outcome, error };
      };
      const held = { outcome: 'local', error: expect.stringContaining('before you allow it') };
      const failed = { outcome: 'no-answer', error: expect.stringContaining('no callback may go to') };
      expect(await outcomes(false, v4('8.8.8.8'), v4('192.168.1.1'))).toEqual(held);
      expect(await outcomes(false, v6('2606:4700::1'), v6('::1'))).toEqual(held);
      expect(await outcomes(false, v4('192.168.1.1'), v4('169.254.169.254'))).toEqual(failed);
      expect(await outcomes(true, v4('127.0.0.1'), v4('169.254.169.254'))).toEqual(failed);
      expect(await outcomes(true, v6('::ffff:100.100.100.200'))).toEqual(failed);
      expect(await outcomes(true, v6('fe80::1%eth0'))).toEqual(failed);
      expect(await outcomes(true, v4('not an address'))).toEqual(failed);
    },
  );
});

describe('the answer to a look-up', () => {
  it('is what is connected to, though the next one would be another', async () => {
    const receiver = await startReceiver(CLOSING);
    const { asked, lookUp } = answersInTurn(LOCAL, METADATA);
    const { post } = openSender({ lookUp });
    expect(await post(inThisMachine(receiver.port))).toMatchObject({ statusCode: 200, address: '127.0.0.1' });
    expect(asked).toEqual(['callbacks.test']);
    expect(receiver.posts[0]?.headers.host).toBe(`callbacks.test:${receiver.port}`);
  });

  it('is checked for each connection anew', async () => {
    const receiver = await startReceiver(CLOSING);
    const { asked, lookUp } = answersInTurn(LOCAL, METADATA, LOCAL);
    const { post } = openSender({ lookUp });
    const outcomes: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      outcomes.push((await post(inThisMachine(receiver.port))).outcome);
    }
    expect(outcomes).toEqual(['answered', 'no-answer', 'answered']);
    expect([asked.length, receiver.connections()]).toEqual([3, 2]);
  });

  it('that is this machine is held, and nothing gets there', async () => {
    const receiver = await startReceiver();
    const { lookUp } = answersInTurn(LOCAL);
    const { post } = openSender({ lookUp });
    const report = await post(inThisMachine(receiver.port), { mayGoLocal: false });
    expect(report).toMatchObject({ outcome: 'local', address: null });
    expect(report.error).toContain(`http://callbacks.test:${receiver.port} leads to 127.0.0.1`);
    expect(receiver.connections()).toBe(0);
  });

  it('that it has none is told as such', async () => {
    const { post } = openSender({ lookUp: async () => [] });
    expect(await post('http://callbacks.test/')).toMatchObject({
      outcome: 'no-answer',
      error: 'There is no host named callbacks.test. (ENOTFOUND)',
    });
  });

  it('is shared by those that ask at the same time', async () => {
    const receiver = await startReceiver();
    const { asked, lookUp } = answersInTurn(LOCAL);
    const { post } = openSender({ lookUp });
    await Promise.all(Array.from({ length: 8 }, () => post(inThisMachine(receiver.port))));
    expect(receiver.posts).toHaveLength(8);
    expect(asked.length).toBe(1);
  });
});

it('a connection that was made where it is allowed serves no callback that it is not allowed to', async () => {
  const receiver = await startReceiver();
  const { lookUp } = answersInTurn(LOCAL);
  const { post } = openSender({ lookUp });
  const url = inThisMachine(receiver.port);
  expect((await post(url)).outcome).toBe('answered');
  expect((await post(url, { mayGoLocal: false })).outcome).toBe('local');
  expect(receiver.posts).toHaveLength(1);
});

it('the names of this machine lead to it by the look-up of the system', async () => {
  const receiver = await startReceiver();
  const report = await openSender().post(`http://localhost:${receiver.port}/`);
  expect(report).toMatchObject({ outcome: 'answered', statusCode: 200, address: '127.0.0.1' });
});
