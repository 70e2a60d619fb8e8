/** Receivers in processes of their own; those of others, nginx and the `webhook` program, where they are installed. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CallbackSigner, signaturesBy } from '../../../src-main/adapters/callback/signatures.ts';
import { makeSigningSecret, type SigningSecret } from '../../../src-main/adapters/callback/signing-secret.ts';
import { unusedOrigin } from '../../fakes/http-server.ts';
import { openSender } from './harness.ts';

const CERTIFICATES = join(import.meta.dirname, '..', '..', 'fixtures', 'tls');
const nginx = which('nginx');
const webhook = which('webhook');

for (const [name, path] of Object.entries({ nginx, webhook })) {
  console.log(path === null ? `${name} is not installed: not tried.` : `Tried with ${path}.`);
}

it('a receiver in a process of its own takes what is signed with its secret, and nothing else', async () => {
  const [mine, other] = [makeSigningSecret('hmac'), makeSigningSecret('hmac')];
  const url = await startVerifier(mine.text);
  const signedWith = (...secrets: SigningSecret[]) => ({
    signaturesFor: (_: string, id: string, timestamp: number, body: string) =>
      signaturesBy(secrets, id, timestamp, body),
  });
  const statusOf = async (keys?: CallbackSigner) =>
    (await openSender({ keys }).post(url, { body: '{"name":"ü\ud83d"}' })).statusCode;
  expect(await statusOf(signedWith(mine))).toBe(204);
  expect(await statusOf(signedWith(other, mine))).toBe(204);
  expect(await statusOf(signedWith(other))).toBe(401);
  expect(await statusOf()).toBe(401);
});

if (nginx !== null) {
  describe('nginx', () => {
    it.each([
      ['/ok', { statusCode: 204, error: null, answer: null }],
      ['/said', { statusCode: 200, error: null, answer: 'it is here' }],
      ['/gone', { statusCode: 410, error: expect.stringContaining('410 Gone') }],
      ['/busy', { statusCode: 503, retryAfterMs: 7000 }],
      ['/moved', { statusCode: 301, error: expect.stringContaining('redirects to') }],
      ['/page.html', { statusCode: 405, error: expect.stringContaining('405 Not Allowed') }],
      ['/small', { statusCode: 413, error: expect.stringContaining('413') }],
      ['/closed', { outcome: 'no-answer', error: expect.stringContaining('before it answered') }],
      ['/down', { statusCode: 502, error: expect.stringContaining('502 Bad Gateway') }],
    ])('answers at %s as it was told to, over http and https', async (path, expected) => {
      const origins = await startNginx(nginx);
      const { post } = openSender();
      for (const origin of origins) expect(await post(`${origin}${path}`)).toMatchObject(expected);
    });
  });
}

if (webhook !== null) {
  describe('the webhook program', () => {
    it('runs its command with what the body says, and not where its rule says no', async () => {
      const url = await startWebhook(webhook);
      const { post } = openSender();
      const bodyOf = (status: string) => JSON.stringify({ type: `job.${status}`, status, name: 'ü😀' });
      expect(await post(url, { body: bodyOf('completed') })).toMatchObject({
        statusCode: 200,
        error: null,
        answer: 'job.completed ü😀\n',
      });
      expect(await post(url, { body: bodyOf('failed') })).toMatchObject({
        statusCode: 412,
        error: expect.stringContaining('412 Precondition Failed'),
      });
    });
  });
}

async function startNginx(program: string): Promise<string[]> {
  const directory = someDirectory();
  const [plain, secure, nobody] = [await freePort(), await freePort(), await freePort()];
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off; master_process off; pid ${directory}/pid; error_log stderr notice;
    events {}
    http {
      access_log off; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${plain};
        listen 127.0.0.1:${secure} ssl;
        ssl_certificate ${CERTIFICATES}/good.pem;
        ssl_certificate_key ${CERTIFICATES}/good.key;
        root ${directory};
        location = /ok { return 204; }
        location = /said { return 200 "it is here"; }
        location = /gone { return 410; }
        location = /busy { add_header Retry-After 7 always; return 503; }
        location = /moved { return 301 /ok; }
        location = /small { client_max_body_size 1; proxy_pass http://127.0.0.1:${nobody}; }
        location = /closed { return 444; }
        location = /down { proxy_pass http://127.0.0.1:${nobody}; }
      }
    }`,
  );
  writeFileSync(join(directory, 'page.html'), 'a page');
  await startProgram(
    program,
    ['-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')],
    'event method',
  );
  return [`http://127.0.0.1:${plain}`, `https://127.0.0.1:${secure}`];
}

async function startWebhook(program: string): Promise<string> {
  const directory = someDirectory();
  const port = await freePort();
  const hooks = [
    {
      id: 'done',
      'execute-command': '/bin/echo',
      'include-command-output-in-response': true,
      'pass-arguments-to-command': [
        { source: 'payload', name: 'type' },
        { source: 'payload', name: 'name' },
      ],
      'trigger-rule': {
        match: { type: 'value', value: 'completed', parameter: { source: 'payload', name: 'status' } },
      },
      'trigger-rule-mismatch-http-response-code': 412,
    },
  ];
  writeFileSync(join(directory, 'hooks.json'), JSON.stringify(hooks));
  const args = [
    '-verbose',
    '-hooks',
    join(directory, 'hooks.json'),
    '-ip',
    '127.0.0.1',
    '-port',
    String(port),
  ];
  await startProgram(program, args, 'serving hooks on');
  return `http://127.0.0.1:${port}/hooks/done`;
}

/** Node's own server and the `standardwebhooks` package, nothing of Jobdeck. */
async function startVerifier(secret: string): Promise<string> {
  const port = await freePort();
  const source = `
    const { Webhook } = require('standardwebhooks');
    const receiver = new Webhook(process.argv[1]);
    require('node:http').createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      try {
        receiver.verify(Buffer.concat(chunks), request.headers);
        response.writeHead(204).end();
      } catch (error) {
        response.writeHead(401).end(error.message);
      }
    }).listen(${port}, '127.0.0.1', () => console.log('listens'));`;
  await startProgram(process.execPath, ['-e', source, secret], 'listens');
  return `http://127.0.0.1:${port}/`;
}

/** Resolves once the program has said that it listens; it is ended with the test. */
async function startProgram(program: string, args: string[], ready: string): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes(ready)) resolve();
      });
    }
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`${program} ended: ${said}`)));
  });
}

function someDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-receiver-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function freePort(): Promise<number> {
  return Number(new URL(await unusedOrigin()).port);
}

function which(name: string): string | null {
  // Debian keeps nginx where only root looks.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  const isProgram = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}
