/** The certificates that this system trusts, beside those that come with Node. */
import { createSecureContext, type SecureContext } from 'node:tls';
import { Worker } from 'node:worker_threads';

/** Reads both lists where it holds nobody up: the system's takes a quarter of a second on some machines. */
const READ_LISTS = `
const { getCACertificates } = require('node:tls');
const { parentPort } = require('node:worker_threads');
parentPort.postMessage(getCACertificates ? [...getCACertificates('default'), ...getCACertificates('system')] : []);
`;

/** PEM texts, each once; none where this Node can't say (before 22.15). Rejects where they can't be read. */
export async function readTrustedCertificates(): Promise<string[]> {
  const worker = new Worker(READ_LISTS, { eval: true });
  try {
    const lists = await new Promise<string[]>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
    });
    return [...new Set(lists)];
  } finally {
    await worker.terminate();
  }
}

/** Null where there is nothing that Node does not trust by itself. */
export async function systemTrust(read = readTrustedCertificates): Promise<SecureContext | null> {
  const certificates = await read();
  return certificates.length === 0 ? null : createSecureContext({ ca: certificates });
}
