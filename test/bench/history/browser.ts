/** The Chromium that end-to-end tests use, with the page of this benchmark in it. */
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { headlessChromium } from '../../electron-standin/chromium/find.ts';
import { temporaryDirectory } from '../runner/own-runner.ts';
import type { HistoryPage } from './page.ts';
import { atRest, residentMb } from './processes.ts';

export interface HistoryBrowser {
  /** Calls a function of the page. */
  call<Name extends keyof HistoryPage>(
    name: Name,
    ...args: Parameters<HistoryPage[Name]>
  ): Promise<Awaited<ReturnType<HistoryPage[Name]>>>;
  /** Of all processes of the browser together. */
  residentMb(): Promise<number>;
  /** Waits until it has merged what was written. */
  atRest(): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<HistoryBrowser> {
  const script = await bundle();
  // IndexedDB wants an origin; localhost is a secure one.
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const profile = temporaryDirectory();
  const program = headlessChromium();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program.path,
    env: { ...(process.env as Record<string, string>), ...program.env },
    args: ['--no-sandbox'],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(0);
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => 'bench' in globalThis);
  return {
    call: (name, ...args) =>
      page.evaluate(
        async ({ name, args }) => {
          const { bench } = globalThis as unknown as {
            bench: Record<string, (...args: unknown[]) => unknown>;
          };
          try {
            return await bench[name]?.(...args);
          } catch (error) {
            // Dexie's own errors lose their sentence on the way out.
            throw new Error(String(error));
          }
        },
        { name, args },
      ) as never,
    residentMb: () => residentMb(process.pid, isOther),
    atRest: () => atRest(process.pid, isOther),
    async close() {
      await context.close();
      server.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const isOther = ({ pid }: { pid: number }) => pid !== process.pid;

async function bundle(): Promise<string> {
  const outDir = join(temporaryDirectory(), 'page');
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '#shared': join(import.meta.dirname, '../../../src-shared') } },
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'esnext',
      lib: { entry: join(import.meta.dirname, 'page.ts'), formats: ['es'], fileName: 'page' },
    },
  });
  const script = readFileSync(join(outDir, 'page.js'), 'utf8');
  rmSync(join(outDir, '..'), { recursive: true });
  return script;
}
