import { describe, expect, it } from 'vitest';
import { startHttpServer } from '../../fakes/http-server.ts';
import { get, openBench } from './harness.ts';

/** Sends `/0` on to `/1`, and so on for ever. */
const startLoop = () =>
  startHttpServer((response, { path }) => {
    response.writeHead(302, { location: `/${Number(path.slice(1)) + 1}` }).end('moved');
  });

async function startChain(status: number, location: string) {
  return startHttpServer((response, { path }) => {
    if (path === '/') response.writeHead(status, { location }).end('moved');
    else response.end('arrived');
  });
}

describe('a redirect', () => {
  it('is not followed where the task does not ask for it', async () => {
    const server = await startChain(302, '/there');
    const report = await openBench().run(get(server.origin));
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'http-status' },
      result: { status_code: 302 },
    });
    expect(report.error?.message).toContain('redirects to /there');
    expect(server.requests).toHaveLength(1);
  });

  it('counts as success where it is what the task expects', async () => {
    const server = await startChain(302, '/there');
    const report = await openBench().run(get(server.origin, { expect: { status: ['302'] } }));
    expect(report).toMatchObject({ outcome: 'completed', result: { stdout: 'moved' } });
  });

  it.each([301, 302, 303, 307, 308])(
    '%i is followed over the same connection, without its body',
    async (status) => {
      const server = await startChain(status, '/there?q=1');
      const report = await openBench().run(get(server.origin, { max_redirects: 1 }));
      expect(report).toMatchObject({ outcome: 'completed', result: { status_code: 200, stdout: 'arrived' } });
      expect(server.connections()).toBe(1);
    },
  );

  it('that goes in circles ends at the limit', async () => {
    const server = await startLoop();
    const report = await openBench().run(get(`${server.origin}/0`, { max_redirects: 3 }));
    expect(report.error).toMatchObject({
      code: 'http-status',
      message: expect.stringContaining('redirects to /4'),
    });
    expect(server.requests.map(({ path }) => path)).toEqual(['/0', '/1', '/2', '/3']);
  });

  it.each([
    [303, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [301, 'POST', 'GET', ''],
    [302, 'PUT', 'PUT', 'data'],
    [307, 'POST', 'POST', 'data'],
    [308, 'POST', 'POST', 'data'],
  ])('%i of a %s becomes a %s with the body %j', async (status, method, after, body) => {
    const server = await startChain(status, '/there');
    await openBench().run(get(server.origin, { method, body: 'data', max_redirects: 1 }));
    expect(server.requests[1]).toMatchObject({ method: after, body });
    expect('content-type' in (server.requests[1]?.headers ?? {})).toBe(body !== '');
  });

  it('to another origin takes no credentials and no secret along', async () => {
    const elsewhere = await startHttpServer((response) => response.end());
    const server = await startChain(307, `${elsewhere.origin}/there`);
    const headers = { Authorization: 'Bearer abcd', Cookie: 'a=b', 'X-Key': 'hunter2!', 'X-Plain': 'stays' };
    await openBench().run(get(server.origin, { headers, max_redirects: 1 }), { redact: ['hunter2!'] });
    const [request] = elsewhere.requests;
    expect(request?.headers).toMatchObject({ 'x-plain': 'stays', host: `127.0.0.1:${elsewhere.port}` });
    for (const name of ['authorization', 'cookie', 'x-key'])
      expect(request?.headers).not.toHaveProperty(name);
  });

  it('to the same origin keeps them', async () => {
    const server = await startChain(307, '/there');
    const headers = { authorization: 'Bearer hunter2!' };
    await openBench().run(get(server.origin, { headers, max_redirects: 1 }), { redact: ['hunter2!'] });
    expect(server.requests[1]?.headers).toMatchObject(headers);
  });

  it('to another origin is not followed with a secret in the body', async () => {
    const elsewhere = await startHttpServer((response) => response.end());
    const server = await startChain(307, elsewhere.origin);
    const task = get(server.origin, { body: { key: 'hun"ter2' }, max_redirects: 1 });
    const report = await openBench().run(task, { redact: ['hun"ter2'] });
    expect(report.error).toMatchObject({
      code: 'http-status',
      message: expect.stringContaining('holds a secret'),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([
    ['file:///etc/passwd', 'no web address'],
    ['gopher://127.0.0.1/', 'no web address'],
    ['http://', 'no web address'],
    ['http://me:hunter2@127.0.0.1/', 'a user name or a password'],
  ])('to %s is not followed', async (location, words) => {
    const server = await startChain(302, location);
    const report = await openBench().run(get(server.origin, { max_redirects: 5 }));
    expect(report.error).toMatchObject({ code: 'http-status', message: expect.stringContaining(words) });
    expect(report.error?.message).not.toContain('hunter2');
  });

  it('without a location is an answer like any other', async () => {
    const server = await startHttpServer((response) => response.writeHead(302).end());
    const report = await openBench().run(get(server.origin, { max_redirects: 5 }));
    expect(report.error?.message).toBe(`127.0.0.1:${server.port} answered 302 Found.`);
  });
});
