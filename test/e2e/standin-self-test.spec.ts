/** The runtime under the other specs, shown with an application of its own. All of it holds on Electron, too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright/test';
import { expect, test } from './support/app.ts';
import {
  answerOpenDialog,
  chooseMenuItem,
  clickNotification,
  crashPage,
  evaluateInWindow,
  recordNotifications,
  shownNotifications,
  windowUrl,
} from './support/native.ts';
import { runToItsEnd } from './support/running-app.ts';
import { REPOSITORY } from './support/runtime.ts';

const appPath = join(REPOSITORY, 'test/electron-standin/self-test');

type Log = unknown[][];
const readLog = (electron: ElectronApplication): Promise<Log> =>
  electron.evaluate(() => (globalThis as unknown as { selfTest: { log: Log } }).selfTest.log);

test.beforeEach(({ noPageErrors }) =>
  noPageErrors.allow(/Executing inline script violates|Evaluating a string as JavaScript violates/u),
);

test('the policy of the protocol handler stops inline scripts and eval, and the preload runs before the page', async ({
  launchApp,
}) => {
  const { electron, page } = await launchApp({ appPath });
  expect(await windowUrl(electron)).toBe('app://self-test/index.html');
  expect(
    await page.evaluate(
      '[window.inlineRan, window.evalRan, window.bridgeWasThere, isSecureContext, innerWidth]',
    ),
  ).toEqual([undefined, false, true, true, 900]);
});

test('the bridge carries values, functions and errors both ways', async ({ launchApp }) => {
  const { page } = await launchApp({ appPath });
  const answer = await page.evaluate(`(async () => {
    const sent = [1n, new Date(5), undefined, NaN, new Map([['a', new Set([1])]]), new Uint8Array([1, 2, 255])];
    const [big, date, nothing, nan, map, bytes] = await bridge.invoke('echo', ...sent);
    const failed = await bridge.invoke('fail').catch((error) => error.message);
    const missing = await bridge.invoke('nobody').catch((error) => error.message);
    let refused, unknown;
    try { bridge.refuse(); } catch (error) { refused = error.message; }
    try { bridge.unknown(); } catch (error) { unknown = error.message; }
    return {
      values: [big === 1n, date.getTime(), nothing, Number.isNaN(nan), map.get('a').has(1), [...bytes]],
      failed, missing, refused, unknown, twice: bridge.twice((number) => number * 10), isFrozen: Object.isFrozen(bridge),
    };
  })()`);
  expect(answer).toEqual({
    values: [true, 5, undefined, true, true, [1, 2, 255]],
    failed: "Error invoking remote method 'fail': TypeError: no",
    missing: "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    refused: 'refused',
    unknown: expect.stringContaining('sendToHost'),
    twice: [10, 20],
    isFrozen: true,
  });
});

test('a push reaches its listeners until they are disposed of', async ({ launchApp }) => {
  const { page } = await launchApp({ appPath });
  const heard = await page.evaluate(`(async () => {
    const heard = [];
    const next = Promise.withResolvers();
    const dispose = bridge.on('pong', (value) => { heard.push(value); next.resolve(); });
    bridge.send('ping', 'one');
    await next.promise;
    dispose();
    const last = Promise.withResolvers();
    bridge.on('pong', last.resolve);
    bridge.send('ping', 'two');
    await last.promise;
    return heard;
  })()`);
  expect(heard).toEqual(['one']);
});

test('the sender of a message is the window, its frame and its own address', async ({ launchApp }) => {
  const { page } = await launchApp({ appPath });
  const sender = await page.evaluate("bridge.invoke('sender')");
  expect(sender).toEqual({
    isWindow: true,
    url: 'app://self-test/index.html',
    origin: 'app://self-test',
    isTop: true,
  });
});

test('navigation and new windows are asked about, and stay away when refused', async ({
  launchApp,
  noPageErrors,
}) => {
  noPageErrors.allow(/ERR_|Failed to load/u);
  const { electron, page } = await launchApp({ appPath });
  await page.evaluate("window.open('https://example.com/popup'); document.querySelector('#away').click()");
  await expect
    .poll(() => readLog(electron))
    .toEqual([
      ['did-finish-load'],
      ['window-open', 'https://example.com/popup'],
      ['will-navigate', 'https://example.com/'],
    ]);
  expect(await windowUrl(electron)).toBe('app://self-test/index.html');
  expect(electron.windows()).toHaveLength(1);
});

test('this machine is reached without a proxy, whatever the settings', async ({ launchApp }) => {
  const { electron } = await launchApp({ appPath });
  const proxies = await electron.evaluate(({ session }) =>
    session.defaultSession.resolveProxy('http://127.0.0.1:8080/'),
  );
  expect(proxies).toBe('DIRECT');
});

test('what the page stored is there after kill -9', async ({ launchApp }) => {
  const first = await launchApp({ appPath });
  await first.page.evaluate("remember('kept')");
  await first.killHard();
  const second = await launchApp({ appPath, userData: first.userData });
  expect(await second.page.evaluate('recall()')).toBe('kept');
  await second.page.evaluate("remember('kept again')");
  await second.close();
  const third = await launchApp({ appPath, userData: first.userData });
  expect(await third.page.evaluate('recall()')).toBe('kept again');
});

test('a crashed page is told of, and a reload brings it back with its preload', async ({ launchApp }) => {
  const { electron } = await launchApp({ appPath });
  const names = async () => (await readLog(electron)).map(([name]) => name);
  await expect.poll(names).toEqual(['did-finish-load']); // else the crash may come while it still loads
  await crashPage(electron);
  await expect.poll(names).toEqual(['did-finish-load', 'render-process-gone', 'did-finish-load']);
  expect(await evaluateInWindow(electron, "bridge.invoke('echo', 'back')")).toEqual(['back']);
});

test('dialogs, notifications and the menu answer to the spec', async ({ launchApp }) => {
  const { electron, page } = await launchApp({ appPath });
  await answerOpenDialog(electron, ['/some/file.json']);
  expect(await page.evaluate("bridge.invoke('open-dialog')")).toEqual({
    canceled: false,
    filePaths: ['/some/file.json'],
  });
  await recordNotifications(electron);
  await page.evaluate("bridge.invoke('notify', 'Finished')");
  expect(await shownNotifications(electron)).toEqual([{ title: 'Finished', body: 'Body' }]);
  await clickNotification(electron, 'Finished');
  await chooseMenuItem(electron, 'New job');
  await expect.poll(() => readLog(electron)).toContainEqual(['did-finish-load']);
  const happened = (await readLog(electron)).filter(([name]) => name !== 'did-finish-load');
  expect(happened).toEqual([['clicked', 'Finished'], ['menu']]);
});

test('a utility process answers, and its exit code is told', async ({ launchApp }) => {
  const { page } = await launchApp({ appPath });
  expect(await page.evaluate("bridge.invoke('utility', { deep: [1] })")).toEqual({
    answer: { echo: { deep: [1] }, type: 'utility' },
    code: 3,
  });
});

test('a second instance ends, and the first one is told', async ({ launchApp }) => {
  const { electron, userData } = await launchApp({ appPath });
  expect(await runToItsEnd(userData, [appPath, 'second'])).toBe(7);
  await expect.poll(() => readLog(electron)).toContainEqual(['second-instance', 'second']);
});

test('a worker of the page runs, and a chosen file has its path', async ({ launchApp, temporaryFolder }) => {
  const { page } = await launchApp({ appPath });
  expect(await page.evaluate('askWorker(21)')).toBe(42);
  const path = join(temporaryFolder, 'chosen.json');
  writeFileSync(path, '{}');
  await page.setInputFiles('#file', path);
  await expect.poll(() => page.evaluate('window.chosenPath')).toBe(path);
});

test('the page follows the chosen theme', async ({ launchApp }) => {
  const { page } = await launchApp({ appPath });
  const isDark = () => page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
  await page.evaluate("bridge.invoke('theme', 'dark')");
  await expect.poll(isDark).toBe(true);
  await page.evaluate("bridge.invoke('theme', 'light')");
  await expect.poll(isDark).toBe(false);
});
