/** The built application while a large file comes in, and while one scrolls through what came. */
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Page } from 'playwright/test';
import type { ProcessEntry } from '../../../src-main/adapters/process/process-list.ts';
import { answerOpenDialog } from '../../e2e/support/native.ts';
import { killHard, type RunningApp, startApp } from '../../e2e/support/running-app.ts';
import { atMost, type Figure, figure } from '../figures.ts';
import { temporaryDirectory } from '../runner/own-runner.ts';
import { watchIdle, watchMain } from './event-loop-delays.ts';
import { bareJob } from './history-jobs.ts';
import { atRest, residentMb } from './processes.ts';

/** Collecting takes time of its own. */
const SAMPLE_MS = 3000;
const SCROLL_MS = 10_000;
/** Of a wheel that is turned fast: 24 lines. */
const WHEEL_PX = 800;
const WHEEL_EVERY_MS = 50;
const LONG_FRAME_MS = 50;

/** @param documents how many are imported, from one file */
export async function builtApp(documents: number): Promise<Figure[]> {
  const directory = temporaryDirectory();
  const path = join(directory, 'jobs.ndjson');
  await pipeline(Readable.from(linesOf(documents)), createWriteStream(path));
  const app = await startApp({ userData: join(directory, 'user-data') }, () => undefined);
  // It may be asked whether it is sure; what it was measured for is over by then.
  const child = app.electron.process();
  app.page.setDefaultTimeout(0);
  try {
    const imported = await importing(app, path, documents);
    // What the database merges after an import is no part of scrolling.
    await atRest(child.pid ?? 0, isOfBrowser);
    return [...imported, ...(await scrolling(app.page))];
  } finally {
    await killHard(child);
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function* linesOf(documents: number): Generator<string> {
  for (let number = 0; number < documents; number += 1) yield `${JSON.stringify(bareJob(number))}\n`;
}

async function importing(app: RunningApp, path: string, documents: number): Promise<Figure[]> {
  const { page, electron } = app;
  await page.getByRole('heading', { name: 'No jobs yet' }).waitFor();
  const pid = electron.process().pid ?? 0;
  const now = async () => ({
    main: await residentMb(pid, (entry) => !isOfBrowser(entry)),
    window: await residentMb(pid, isOfBrowser),
  });
  // On the stand-in each answer reaches the page as the text of a script: what is left of those is no memory of ours.
  const devtools = await page.context().newCDPSession(page);
  const idle = await now();
  const most = { ...idle };
  const sample = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { main, window } = await now();
    most.main = Math.max(most.main, main);
    most.window = Math.max(most.window, window);
  };
  let isSampling = true;
  const sampled = (async () => {
    while (isSampling) {
      await sample();
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  const mainDelays = await watchMain(electron);
  const idleDelays = watchIdle();
  const startedAt = performance.now();
  await answerOpenDialog(electron, [path]);
  await page.getByRole('button', { name: 'Import' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Choose files…' }).click();
  const count = documents.toLocaleString('en-US');
  await dialog.getByRole('button', { name: `Import ${count} jobs` }).click();
  const readAt = performance.now();
  await dialog.waitFor({ state: 'hidden' });
  const doneAt = performance.now();
  isSampling = false;
  await sampled;
  const main = await mainDelays();
  const nothing = await idleDelays();
  const words = `of ${documents.toLocaleString('en')} documents in the application`;
  const above = (name: 'main' | 'window', text: string) => {
    const grown = figure(`${text}, above idle, at most`, 'MB', most[name] - idle[name]);
    return { ...grown, goals: atMost(150, grown) };
  };
  const worked = figure('main process, most work between two turns', 'ms', main.mostWork);
  return [
    figure(`reading ${words}`, 'documents/s', documents / ((readAt - startedAt) / 1000)),
    figure(`import ${words}`, 'documents/s', documents / ((doneAt - readAt) / 1000)),
    above('main', 'main process'),
    above('window', 'window and browser without garbage'),
    { ...worked, goals: atMost(50, worked) },
    figure('main process, longest between two turns', 'ms', main.longest, {
      peers: { 'a process that does nothing': nothing.longest },
    }),
  ];
}

function isOfBrowser({ name }: ProcessEntry): boolean {
  return /chrom|headless/iu.test(name);
}

/** Frames that came late while the wheel was turned, and while nothing was, beside each other. */
async function scrolling(page: Page): Promise<Figure[]> {
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await grid.getByRole('row').nth(5).waitFor();
  await grid.getByRole('row').nth(5).hover();
  const still = await framesWhile(page, async () => undefined);
  const scrolled = await framesWhile(page, () => page.mouse.wheel(0, WHEEL_PX));
  const late = (frames: readonly number[]) => frames.filter((ms) => ms > LONG_FRAME_MS).length;
  const figures = figure(`frames over ${LONG_FRAME_MS} ms while scrolling`, 'frames', late(scrolled), {
    peers: { 'lying still': late(still) },
  });
  const reached = await grid.getByRole('row').last().getAttribute('aria-rowindex');
  return [
    { ...figures, goals: atMost(0, figures) },
    figure('frames while scrolling', 'frames', scrolled.length, { peers: { 'lying still': still.length } }),
    figure('rows scrolled by', 'rows', Number(reached)),
  ];
}

/** The milliseconds between frames. */
async function framesWhile(page: Page, turn: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (at: number) => {
      frames.push(at - last);
      last = at;
      if ('frames' in globalThis) requestAnimationFrame(next);
    };
    Object.assign(globalThis, { frames });
    requestAnimationFrame(next);
  });
  const endsAt = performance.now() + SCROLL_MS;
  while (performance.now() < endsAt) {
    await turn();
    await new Promise((resolve) => setTimeout(resolve, WHEEL_EVERY_MS));
  }
  return await page.evaluate(() => {
    const { frames } = globalThis as unknown as { frames: number[] };
    Reflect.deleteProperty(globalThis, 'frames');
    return frames.slice(1);
  });
}
