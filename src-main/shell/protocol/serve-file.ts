/** The answers of `app://`: files of one folder and nothing else. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { isAppUrl } from '../app-origin.ts';
import type { Log } from '../log.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from './content-security-policy.ts';

/** The kinds of file the renderer is built of. A file of any other kind is not served. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Makes the handler of `app://`.
 * @param root absolute path of the folder that is served
 */
export function fileServer(root: string, log: Log): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refusal(405);
    const path = filePathFor(root, request.url);
    const type = path && MIME_TYPES[extname(path)];
    if (!path || !type) return refusal(404);
    const body = await readFile(path).catch((cause: unknown) => {
      log(`The file ${path} could not be read.`, cause);
      return null;
    });
    if (body === null) return refusal(404);
    return extname(path) === '.html' ? page(body.toString('utf8'), type) : file(body, type);
  };
}

/** The file an address names, or null where it names none inside `root`. */
export function filePathFor(root: string, address: string): string | null {
  if (!isAppUrl(address)) return null;
  const name = decoded(new URL(address).pathname);
  if (name === null || /[\0\\]/u.test(name)) return null;
  const path = resolve(root, `.${name}`);
  const inside = relative(root, path);
  const escapes = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return escapes ? null : path;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null; // not UTF-8: no file of ours has such a name
  }
}

function page(html: string, type: string): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
    },
  });
}

function file(body: Buffer<ArrayBuffer>, type: string): Response {
  // A document opened on its own, such as an SVG, gets a policy as well: it may do nothing.
  const headers = {
    ...COMMON_HEADERS,
    'Content-Type': type,
    'Content-Security-Policy': "default-src 'none'",
  };
  return new Response(body, { headers });
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: COMMON_HEADERS });
}
