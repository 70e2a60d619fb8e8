/** How fast callbacks that wait are sent, each kept as delivered, beside a loop that only posts the same bytes. */
import { rmSync } from 'node:fs';
import { Agent, request } from 'undici';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';
import type { MadeDelivery } from '../../../src-main/core/callbacks/new-delivery.ts';
import { atLeast, type Figure, figureOf } from '../figures.ts';
import { startServer } from '../http-server-process.ts';
import { secondsOf, takeTurns } from '../rounds.ts';
import { temporaryDirectory } from '../runner/own-runner.ts';
import { fillWithDeliveries } from './waiting-deliveries.ts';

const DELIVERIES = 2000;
const ROUNDS = 5;
const AT_A_TIME = DEFAULT_SETTINGS.callbacksPerHost;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export async function deliveriesPerSecond(): Promise<Figure[]> {
  const server = await startServer();
  const url = `${server.origin}/done`;
  const measured = await takeTurns(
    {
      ours: () => ours(url),
      signed: () => ours(url, SECRET),
      'undici loop': () => bareLoop(url),
    },
    ROUNDS,
  );
  server.child.kill();
  const { signed = Number.NaN, ...rest } = measured;
  const unit = 'deliveries/s';
  const peers = { 'undici loop': rest['undici loop'] ?? Number.NaN };
  const plain = figureOf(`${DELIVERIES} callbacks to one host, ${AT_A_TIME} at a time`, unit, rest);
  const withKey = figureOf('the same, signed', unit, { ours: signed, ...peers });
  return [plain, withKey].map((figure) => ({ ...figure, goals: atLeast(0.5, 'undici loop', figure) }));
}

/** From the start of a runner that finds them until the last one is durable as delivered. */
async function ours(url: string, givenCallbackSecret?: string): Promise<number> {
  const dataDirectory = temporaryDirectory();
  await fillWithDeliveries(dataDirectory, { count: DELIVERIES, url });
  const workspace = await openWorkspace({
    dataDirectory,
    inBackground: () => false,
    startSpawnHelper: () => startNodeSpawnHelper(),
    version: '0.0.0',
    ...(givenCallbackSecret !== undefined && { givenCallbackSecret }),
  });
  await workspace.runner.callbacks.allow([new URL(url).origin]);
  const seconds = await secondsOf(async () => {
    await workspace.runner.start();
    await workspace.runner.callbacks.settled();
  });
  const delivered = workspace.deliveries.page('delivered', null, 1);
  const { due, held } = workspace.deliveries.counts();
  await workspace.close();
  rmSync(dataDirectory, { recursive: true, force: true });
  if (delivered.length === 0 || due + held > 0) throw new Error('Expected all callbacks to be delivered.');
  return DELIVERIES / seconds;
}

/** The same messages by undici alone: nothing is looked up, signed or kept. */
async function bareLoop(url: string): Promise<number> {
  const directory = temporaryDirectory();
  const messages = await fillWithDeliveries(directory, { count: DELIVERIES, url });
  rmSync(directory, { recursive: true, force: true });
  const agent = new Agent({ connections: AT_A_TIME });
  const seconds = await secondsOf(() =>
    Promise.all(Array.from({ length: AT_A_TIME }, () => postAll(messages, agent, url))),
  );
  await agent.close();
  return DELIVERIES / seconds;
}

async function postAll(messages: MadeDelivery[], dispatcher: Agent, url: string): Promise<void> {
  for (let message = messages.pop(); message !== undefined; message = messages.pop()) {
    const { delivery, body } = message;
    const headers = { 'content-type': 'application/json', 'webhook-id': delivery.id };
    const answer = await request(url, { method: 'POST', headers, body, dispatcher });
    await answer.body.text();
  }
}
