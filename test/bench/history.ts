/**
 * The history in the Chromium of the end-to-end tests: `npm run bench:history [-- --million] [-- --part PART]`.
 * README.md beside this file says what each figure is.
 */
import { parseArgs } from 'node:util';
import { atLeast, atMost, type Figure, figure, figureOf, tableOf } from './figures.ts';
import { type HistoryBrowser, openBrowser } from './history/browser.ts';
import { builtApp } from './history/built-app.ts';
import { validation } from './history/validation.ts';
import { keepResults } from './keep-results.ts';
import { median } from './rounds.ts';

const WRITTEN = 10_000;
const ROUNDS = 3;
/** Of what a view shows, from the smallest history to the largest. */
const FLAT = 1.5;
const EXPORTED = 20_000;
/** Of the same size as the history, pages are added each way; their jobs are none of those it grows by. */
const PAGES_BESIDE = 24;
const MORE = 10_000_000;

const { values } = parseArgs({
  options: { million: { type: 'boolean', default: false }, part: { type: 'string', multiple: true } },
});
const sizes = values.million ? [1000, 100_000, 1_000_000] : [1000, 100_000];
const isWanted = (part: 'documents' | 'database' | 'application') => values.part?.includes(part) ?? true;

const figures = [
  ...(isWanted('documents') ? await validation() : []),
  ...(isWanted('database') ? await database() : []),
  ...(isWanted('application') ? await builtApp(sizes.at(-1) ?? 0) : []),
];
console.log(tableOf(figures));
if (values.part === undefined) keepResults(values.million ? 'history-million' : 'history', figures);

async function database(): Promise<Figure[]> {
  const browser = await openBrowser();
  const found = [...(await writing(browser)), ...(await reading(browser))];
  await browser.close();
  return found;
}

async function writing({ call }: HistoryBrowser): Promise<Figure[]> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await call('writeBeside', WRITTEN, round));
  const raw = median(rounds.map((each) => each.raw));
  return [
    figureOf('rows written', 'rows/s', {
      ours: median(rounds.map((each) => each.rows)),
      'raw IndexedDB': raw,
    }),
    figureOf('documents imported', 'rows/s', {
      ours: median(rounds.map((each) => each.imported)),
      'raw IndexedDB': raw,
    }),
  ].map((each) => ({ ...each, goals: atLeast(0.8, 'raw IndexedDB', each) }));
}

async function reading({ call, residentMb, atRest }: HistoryBrowser): Promise<Figure[]> {
  const first = new Map<string, number>();
  const idleMb = await residentMb();
  const found: Figure[] = [];
  let size = 0;
  for (const next of sizes) {
    const rate = await call('grow', size, next);
    found.push(figure(`import up to ${next.toLocaleString('en')}`, 'rows/s', rate));
    found.push(figure('the browser after it', 'MB', await residentMb(), { peers: { idle: idleMb } }));
    size = next;
    await atRest();
    for (const [name, ms] of Object.entries(await call('read'))) {
      const at = figure(`${name}, of ${next.toLocaleString('en')}`, 'ms', ms);
      const smallest = first.get(name);
      first.set(name, smallest ?? ms);
      found.push({ ...at, ...goalsOf(name, at, smallest) });
    }
    if (next === sizes[0]) continue;
    const { raw, imported } = await call('growBeside', MORE + size, PAGES_BESIDE);
    const beside = figureOf(`documents imported into ${next.toLocaleString('en')}`, 'rows/s', {
      ours: imported,
      'raw IndexedDB': raw,
    });
    found.push({ ...beside, goals: atLeast(0.8, 'raw IndexedDB', beside) });
  }
  found.push(figure('export read from the newest', 'rows/s', await call('exportRows', EXPORTED)));
  return found;
}

function goalsOf(name: string, at: Figure, smallest: number | undefined): Pick<Figure, 'goals' | 'peers'> {
  if (name.startsWith('search')) return { peers: {}, goals: atMost(100, at) };
  if (smallest === undefined) return { peers: {}, goals: [] };
  const peers = { 'of 1,000': smallest };
  return { peers, goals: [{ text: `at most ${FLAT} x of 1,000`, isMet: at.ours <= FLAT * smallest }] };
}
