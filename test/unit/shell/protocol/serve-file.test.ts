import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filePathFor, fileServer } from '../../../../src-main/shell/protocol/serve-file.ts';

let folder: string;
let root: string;
let serve: (request: Request) => Promise<Response>;
const get = (address: string): Promise<Response> => serve(new Request(address));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobdeck-protocol-'));
  root = join(folder, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  await writeFile(join(root, 'assets', 'index.js'), 'export {};');
  await writeFile(join(root, 'assets', 'index.js.map'), '{}');
  await writeFile(join(root, 'assets', 'a b.css'), 'a {}');
  await writeFile(join(folder, 'secret.json'), '{"secret":true}');
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(folder, 'renderer-other', 'x.json'), '{}');
  serve = fileServer(root, () => {});
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('app://', () => {
  it('serves a file with its MIME type and forbids guessing another', async () => {
    const answer = await get('app://jobdeck/assets/index.js');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('export {};');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('decodes names', async () => {
    expect((await get('app://jobdeck/assets/a%20b.css')).headers.get('content-type')).toMatch(/^text\/css/u);
  });

  it('serves the page under the policy whose nonce it has been given', async () => {
    const answer = await get('app://jobdeck/index.html');
    const nonce = /content="([^"]+)"/u.exec(await answer.text())?.[1] ?? '';
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
  });

  it('gives each load a nonce of its own', async () => {
    const [first, second] = await Promise.all([
      get('app://jobdeck/index.html'),
      get('app://jobdeck/index.html'),
    ]);
    expect(await first.text()).not.toBe(await second.text());
  });

  it.each([
    ['a file that is not there', 'app://jobdeck/none.js'],
    ['a folder', 'app://jobdeck/assets'],
    ['the root', 'app://jobdeck/'],
    ['a kind of file the page is not built of', 'app://jobdeck/assets/index.js.map'],
    ['another host', 'app://elsewhere/index.html'],
    ['dots', 'app://jobdeck/../secret.json'],
    ['encoded dots', 'app://jobdeck/%2e%2e/secret.json'],
    ['an encoded slash', 'app://jobdeck/..%2fsecret.json'],
    ['encoded dots and slashes', 'app://jobdeck/assets/%2e%2e%2f%2e%2e%2fsecret.json'],
    ['an encoded backslash', 'app://jobdeck/..%5csecret.json'],
    ['twice encoded dots', 'app://jobdeck/%252e%252e%252fsecret.json'],
    ['a neighbour whose name begins like ours', 'app://jobdeck/..%2frenderer-other%2fx.json'],
    ['a zero byte', 'app://jobdeck/index.html%00.js'],
    ['what is not UTF-8', 'app://jobdeck/%ff.js'],
  ])('answers 404 to %s', async (_what, address) => {
    expect((await get(address)).status).toBe(404);
  });

  it('answers nothing but GET', async () => {
    const answer = await serve(new Request('app://jobdeck/index.html', { method: 'POST', body: 'x' }));
    expect(answer.status).toBe(405);
  });

  it.each(['app://jobdeck@elsewhere/index.html', 'app://someone@jobdeck/index.html', 'not an address'])(
    'finds no file at %s',
    (address) => expect(filePathFor(root, address)).toBeNull(),
  );

  it('takes an absolute path in the address as one inside its folder', () => {
    expect(filePathFor('/srv/root', 'app://jobdeck//etc/passwd')).toBe(join('/srv/root', 'etc', 'passwd'));
  });
});
