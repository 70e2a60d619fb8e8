import { expect, it } from 'vitest';
import { startProxy } from '../http/proxy-server.ts';
import { openSender, startReceiver } from './harness.ts';

async function bench(lookUp: (hostname: string) => Promise<{ address: string; family: number }[]>) {
  const [receiver, proxy] = [await startReceiver(), await startProxy()];
  const { post } = openSender({ lookUp, proxyFor: async () => proxy.url });
  return { receiver, proxy, post };
}
const unknown = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));

it('a name that the proxy alone can look up is left to it', async () => {
  const { receiver, proxy, post } = await bench(unknown);
  const report = await post(`http://inside.test:${receiver.port}/`, { mayGoLocal: false });
  expect(report).toMatchObject({ outcome: 'answered', statusCode: 200, address: '127.0.0.1' });
  expect(proxy.asked).toEqual([`POST http://inside.test:${receiver.port}/`]);
});

it.each([
  ['169.254.169.254', true, 'no-answer'],
  ['192.168.1.1', false, 'local'],
])('a name that leads to %s does not go through the proxy either', async (address, mayGoLocal, outcome) => {
  const { proxy, post } = await bench(async () => [{ address, family: 4 }]);
  expect(await post('http://afar.test/', { mayGoLocal })).toMatchObject({ outcome, address: null });
  expect(proxy.asked).toEqual([]);
});

it.each([
  ['http://169.254.169.254/', true, 'refused'],
  ['http://192.168.1.1/', false, 'local'],
])('neither does %s', async (url, mayGoLocal, outcome) => {
  const { proxy, post } = await bench(unknown);
  expect((await post(url, { mayGoLocal })).outcome).toBe(outcome);
  expect(proxy.asked).toEqual([]);
});

it('an address that is allowed goes through it', async () => {
  const { receiver, proxy, post } = await bench(unknown);
  const url = `http://10.0.0.1:${receiver.port}/`;
  expect((await post(url)).statusCode).toBe(200);
  expect(proxy.asked).toEqual([`POST ${url}`]);
});

it('this machine is never gone to by way of the proxy', async () => {
  const { receiver, proxy, post } = await bench(unknown);
  expect((await post(receiver.url)).statusCode).toBe(200);
  expect(proxy.asked).toEqual([]);
});
