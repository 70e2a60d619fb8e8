/** The edge of trust, in the built application: what its page cannot do. */
import { expect, test } from './support/app.ts';
import { evaluateInWindow, windowUrl } from './support/native.ts';
import { runToItsEnd } from './support/running-app.ts';
import { REPOSITORY } from './support/runtime.ts';

/** The functions of the contract, as `JobdeckApi` names them. */
const BRIDGE = [
  ...['acknowledgeOutbox', 'allowCallbacks', 'appInfo', 'backupReading', 'beginBackup', 'cancelBackup'],
  ...['cancelExport', 'cancelJobs', 'checkBackup', 'checkDocument', 'checkRoom', 'chooseBackup'],
  ...['chooseExport'],
  ...['chooseFile', 'chooseImport', 'closeBackup', 'closeImport', 'continueJobs', 'dropOutput'],
  ...[
    'exportItems',
    'findDeliveries',
    'finishBackup',
    'finishExport',
    'forgetJobs',
    'importProgress',
    'importText',
  ],
  ...['inspectOpenAiBatch', 'jobProgress', 'lackingInBackup', 'listBackups', 'listCallbackKeys'],
  ...['listProfiles', 'listReceived', 'listSecrets', 'moveJob', 'onExportProgressed', 'onFilesOpened'],
  ...['onImportProgressed', 'onJobActivated', 'onMenuChosen', 'onOutboxGrew', 'onReceiverChanged'],
  ...['onRunnerChanged', 'openBackup', 'openImport', 'outputSizes', 'pathForFile', 'previewCallback'],
  ...['previewItems', 'pullOutbox', 'readBackup', 'readImport', 'readItems', 'readOutput'],
  ...['readSettings', 'readSnapshot', 'receiverState', 'removeCallbackKey', 'removeProfile'],
  ...['removeQueue', 'removeSecret', 'reportImport', 'revealBackup', 'revealExport', 'revealOutput'],
  ...['rotateCallbackKey', 'runnerStatus', 'saveCallbackKey', 'saveProfile', 'saveQueue', 'saveSecret'],
  ...['scheduleTimes', 'searchOutput', 'sendCallbacks', 'startReceiver', 'stopCallbacks'],
  ...['stopOutputSearch', 'stopReceiver', 'submitJobs', 'suspendJobs', 'tellImportOutcomes'],
  ...['writeBackup', 'writeExport', 'writeSettings'],
];

const WINDOW_URL = 'app://jobdeck/index.html';

// Refusals are provoked here on purpose, and the console tells of each.
test.beforeEach(({ noPageErrors }) => noPageErrors.allow(/Content Security Policy/u));

test('the page has the bridge and nothing of Node or Electron', async ({ launchApp }) => {
  const { electron, page } = await launchApp();
  expect(await windowUrl(electron)).toBe(WINDOW_URL);
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
    bridge: Object.entries((globalThis as unknown as { jobdeck: object }).jobdeck)
      .map(([name, value]) => `${name} ${typeof value}`)
      .sort(),
  }));
  expect(found).toEqual({ globals: [], bridge: BRIDGE.map((name) => `${name} function`) });
});

test('inline scripts and inline handlers do not run', async ({ launchApp }) => {
  const { page } = await launchApp();
  const ran = await page.evaluate(() => {
    const marks = globalThis as unknown as { inlineRan?: boolean; handlerRan?: boolean };
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    const button = document.createElement('button');
    button.setAttribute('onclick', 'globalThis.handlerRan = true');
    document.body.append(script, button);
    button.click();
    return [marks.inlineRan, marks.handlerRan];
  });
  expect(ran).toEqual([undefined, undefined]);
});

test('text is never run as code: no eval, no Function, no timer with a string', async ({ launchApp }) => {
  const { page } = await launchApp();
  // In tasks of the page's own: a debugger's evaluation is exempt from the ban for as long as it lasts.
  await page.evaluate(() => {
    const marks = globalThis as unknown as { evalAnswers?: string[]; timerRan?: boolean };
    const attempt = (run: () => unknown): string => {
      try {
        return `ran: ${String(run())}`;
      } catch (error) {
        return (error as Error).name;
      }
    };
    setTimeout(() => {
      // biome-ignore lint/security/noGlobalEval: that it is refused is what is shown
      const answers = [attempt(() => globalThis.eval('1')), attempt(() => new Function('return 1')())];
      setTimeout('globalThis.timerRan = true', 0);
      setTimeout(() => {
        marks.evalAnswers = [...answers, String(marks.timerRan)];
      }, 10);
    }, 0);
  });
  const answers = await page.waitForFunction(
    () => (globalThis as unknown as { evalAnswers?: string[] }).evalAnswers,
  );
  expect(await answers.jsonValue()).toEqual(['EvalError', 'EvalError', 'undefined']);
});

test('the page reaches no network, not even its own files', async ({ launchApp }) => {
  const { page } = await launchApp();
  const reached = await page.evaluate(async () => {
    const addresses = ['https://example.com/', 'http://127.0.0.1:9/', './index.html'];
    const answers = await Promise.all(addresses.map((address) => fetch(address).catch(() => null)));
    return answers.filter((answer) => answer !== null).length;
  });
  expect(reached).toBe(0);
  const refused = await page.evaluate(async () => {
    const told = Promise.withResolvers<string[]>();
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      directives.push(effectiveDirective);
      if (directives.length === 3) told.resolve(directives.sort());
    });
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    const image = document.createElement('img');
    image.src = 'https://example.com/a.png';
    document.body.append(frame, image);
    await fetch('https://example.com/').catch(() => null);
    return told.promise;
  });
  expect(refused).toEqual(['connect-src', 'frame-src', 'img-src']);
});

test('the page opens no window and goes nowhere', async ({ launchApp }) => {
  const { electron, page } = await launchApp();
  // The stand-in opens no window whatever the handler says: that ours denies is shown here on Electron alone, and
  // by the unit tests of the session policy everywhere.
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  await page.evaluate(() => {
    (globalThis as unknown as { isTheSamePage: boolean }).isTheSamePage = true;
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    document.body.append(link);
    link.click();
  });
  // Asked through the main process, which the refused navigation also went through.
  expect(await evaluateInWindow(electron, 'window.isTheSamePage')).toBe(true);
  expect(await windowUrl(electron)).toBe(WINDOW_URL);
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the page is given no place, no device and no notifications', async ({ launchApp }) => {
  const { page } = await launchApp();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications'] as PermissionName[];
    const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return [...answers.map(({ state }) => state), await Notification.requestPermission()];
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});

test('a request that is not valid is answered with where and what was expected', async ({ launchApp }) => {
  const { page } = await launchApp();
  const answer = await page.evaluate(() =>
    (
      globalThis as unknown as { jobdeck: { cancelJobs: (request: object) => Promise<unknown> } }
    ).jobdeck.cancelJobs({ ids: ['nope'] }),
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  expect(JSON.stringify(answer)).toContain('/ids/0');
});

test('a second start leaves the work to the first and ends', async ({ launchApp }) => {
  const { electron, userData } = await launchApp();
  const told = electron.evaluate(
    ({ app }) => new Promise<boolean>((resolve) => app.once('second-instance', () => resolve(true))),
  );
  expect(await runToItsEnd(userData, [REPOSITORY])).toBe(0);
  expect(await told).toBe(true);
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
