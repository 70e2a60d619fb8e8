/**
 * Builds the dev page and serves it under the content security policy of the application.
 *   node test/fakes/dev-page/serve.ts [port]
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = import.meta.dirname;
const outDir = join(root, '../../../node_modules/.cache/dev-page');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

await build({
  root,
  base: './',
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'esnext',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});

createServer(async (request, response) => {
  const nonce = randomBytes(16).toString('base64');
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const name = normalize(path === '/' ? 'index.html' : path.slice(1));
  try {
    const file = await readFile(join(outDir, name));
    response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'`,
    );
    response.end(name === 'index.html' ? file.toString().replace('__CSP_NONCE__', nonce) : file);
  } catch {
    response.writeHead(404).end();
  }
}).listen(Number(process.argv[2] ?? 4870), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${process.argv[2] ?? 4870}/?scene=history`);
});
