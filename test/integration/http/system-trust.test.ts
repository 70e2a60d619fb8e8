import { rootCertificates } from 'node:tls';
import { expect, it } from 'vitest';
import { createHttpClient } from '../../../src-main/adapters/http/http-client.ts';
import { readTrustedCertificates, systemTrust } from '../../../src-main/adapters/http/system-trust.ts';
import { startTlsServer } from '../../fakes/http-server.ts';

it('what is trusted holds all that comes with Node, each once', async () => {
  const trusted = await readTrustedCertificates();
  const texts = new Set(trusted.map((certificate) => certificate.trim()));
  expect(texts.size).toBe(trusted.length);
  for (const certificate of rootCertificates) expect(texts).toContain(certificate.trim());
});

it.each([
  ['has nothing more', () => systemTrust(async () => [])],
  ["can't be asked", () => systemTrust(() => Promise.reject(new Error('no such system')))],
])('where the system %s, a certificate of an unknown authority is not trusted', async (_, readTrust) => {
  const server = await startTlsServer('good');
  const client = createHttpClient({ version: '1', readTrust });
  const request = { url: new URL(server.origin), method: 'GET', headers: {}, body: null };
  const failure = client.send(request, new AbortController().signal);
  await expect(failure).rejects.toMatchObject({ jobError: { code: 'tls' } });
  await client.close();
});
