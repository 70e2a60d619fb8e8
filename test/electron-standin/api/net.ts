/** `net.fetch`, for what a protocol handler uses it for: local files. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strictModule } from '../strict.ts';

export type NetKeys = 'fetch' | 'isOnline';

export const net = strictModule('net', {
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = typeof input === 'string' ? input : input.url;
    if (!url.startsWith('file:')) return fetch(input, init);
    return new Response(await readFile(fileURLToPath(url)));
  },
  isOnline: (): boolean => true,
});
