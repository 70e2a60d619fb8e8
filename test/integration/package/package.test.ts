import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { Arch, build, Platform } from 'electron-builder';
import { _electron } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fusesOf, makeFakeElectron } from './fake-electron.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What must never be in the package, laid where a loose pattern would pick it up. */
const DECOYS = [
  'src-main/index.ts',
  'src-shared/app-error.ts',
  'test/unit/some.test.ts',
  'test/fixtures/jobs.json',
  'node_modules/left-over/package.json',
  'out/main/index.js.map',
  'out/renderer/assets/index.js.map',
  'resources/examples/example.json',
  '.env',
  'README.md',
  'package-lock.json',
  'tsconfig.json',
];

let folder: string;
let packaged: string;
let contents: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobdeck-package-'));
  const project = join(folder, 'project');
  await makeFakeElectron(join(folder, 'electron'));
  for (const name of DECOYS) await write(join(project, name));
  for (const name of ['package.json', 'electron-builder.yml', 'resources', 'out']) {
    await cp(join(ROOT, name), join(project, name), { recursive: true });
  }
  const { version } = JSON.parse(await readFile(join(ROOT, 'node_modules/electron/package.json'), 'utf8'));
  await build({
    projectDir: project,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
    config: {
      electronDist: join(folder, 'electron'),
      electronVersion: version,
      directories: { output: join(folder, 'dist') },
    },
  });
  packaged = join(folder, 'dist', 'linux-unpacked');
  contents = listPackage(join(packaged, 'resources', 'app.asar'), { isPack: false })
    .map((name) => name.replaceAll('\\', '/').slice(1))
    .sort();
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '{}');
}

describe('the archive of the application', () => {
  it('holds the bundles and package.json, and nothing else', () => {
    const kinds = contents.map((name) => name.replace(/\/[^/]*\.(?=[^./]+$)/u, '/*.'));
    expect(new Set(kinds)).toEqual(
      new Set([
        'out',
        'out/main',
        'out/main/*.js',
        'out/main/chunks',
        'out/main/chunks/*.js',
        'out/preload',
        'out/preload/*.cjs',
        'out/renderer',
        'out/renderer/*.html',
        'out/renderer/assets',
        'out/renderer/assets/*.js',
        'out/renderer/assets/*.css',
        'package.json',
      ]),
    );
  });

  it.each([
    'out/main/index.js',
    'out/main/spawn-helper.js',
    'out/main/import-worker.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
  ])('holds %s', (name) => expect(contents).toContain(name));

  it('points to no source map', () => {
    for (const name of contents.filter((candidate) => /\.(?:js|cjs|css)$/u.test(candidate))) {
      const text = extractFile(join(packaged, 'resources', 'app.asar'), name).toString('utf8');
      expect(text, name).not.toMatch(/sourceMappingURL=\S+\.map/u);
    }
  });

  it('asks for no package at run time: what the bundles import is Electron, Node, or their own', () => {
    for (const name of contents.filter((candidate) => /^out\/main\/.*\.js$/u.test(candidate))) {
      const text = extractFile(join(packaged, 'resources', 'app.asar'), name).toString('utf8');
      const imported = [...text.matchAll(/^import\s[^'"]*?["']([^"']+)["'];?$/gmu)].map(
        ([, from]) => from ?? '',
      );
      expect(
        imported.filter((from) => from !== 'electron' && !from.startsWith('.') && !isBuiltin(from)),
        name,
      ).toEqual([]);
    }
  });

  it('names the bundle that is started', () => {
    const { main } = JSON.parse(
      extractFile(join(packaged, 'resources', 'app.asar'), 'package.json').toString('utf8'),
    );
    expect(contents).toContain(main);
  });
});

it('lets nobody run the executable as Node, inspect it, or load another application into it', async () => {
  expect(fusesOf(await readFile(join(packaged, 'jobdeck')))).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
});

it('has no second way in beside the archive', () => {
  expect(existsSync(join(packaged, 'resources', 'app'))).toBe(false);
  expect(existsSync(join(packaged, 'resources', 'default_app.asar'))).toBe(false);
});

// The launcher is a shell script.
describe.runIf(process.platform !== 'win32')('the packaged application, on the stand-in', () => {
  it('answers a command line with work that ran, from inside its archive', async () => {
    const job = join(folder, 'job.json');
    const task = { kind: 'command', program: process.execPath, args: ['-p', '6 * 7'] };
    await writeFile(job, JSON.stringify({ metadata: { jobdeck: { version: 1, task } } }));
    const { stdout } = await promisify(execFile)(join(packaged, 'jobdeck'), ['run', job, '--quiet']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      metadata: { jobdeck: { result: { exit_code: 0, stdout: '42\n' } } },
    });
  });

  it('starts, shows its window from the archive, and ends when asked to', async () => {
    const application = await _electron.launch({
      executablePath: join(packaged, 'jobdeck'),
      args: [`--user-data-dir=${join(folder, 'user-data')}`],
    });
    const page = await application.firstWindow();
    await page.getByRole('button').first().waitFor();
    expect(await application.evaluate(({ app }) => app.isPackaged)).toBe(true);
    expect(await page.evaluate(() => Object.keys(window).includes('jobdeck'))).toBe(true);
    const ended = new Promise((resolve) => application.process().once('exit', resolve));
    application.process().kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
