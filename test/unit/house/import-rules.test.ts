import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** The rules themselves are `.dependency-cruiser.json`; here each is broken once, in a copy of the layout. */

const repository = resolve(import.meta.dirname, '../../..');
let house: string;

beforeEach(async () => {
  house = await mkdtemp(join(tmpdir(), 'jobdeck-rules-'));
  await symlink(join(repository, 'node_modules'), join(house, 'node_modules'), 'junction');
  await write('package.json', await readFile(join(repository, 'package.json'), 'utf8'));
  await write('src-shared/job/job.ts', 'export const job = 1;');
  await write(
    'src-main/core/runner.ts',
    "import { job } from '#shared/job/job.ts'; export const runner = job;",
  );
  await write(
    'src-main/adapters/journal.ts',
    "import { runner } from '../core/runner.ts'; export const journal = runner;",
  );
  await write(
    'src-main/shell/window.ts',
    "import { journal } from '../adapters/journal.ts'; export const window = journal;",
  );
  await write('src-preload/preload.ts', "import '#shared/job/job.ts'; import 'electron';");
  await write(
    'src-renderer/db/database.ts',
    "import { job } from '#shared/job/job.ts'; export const database = job;",
  );
  await write('src-renderer/components/button.ts', 'export const button = 1;');
  await write(
    'src-renderer/features/list/list.ts',
    "import { database } from '../../db/database.ts'; export const list = database;",
  );
});
afterEach(() => rm(house, { recursive: true, force: true }));

describe('the import rules', () => {
  it('accept imports that run from the shell down to the contract', async () => {
    expect(await brokenRules()).toEqual([]);
  });

  it.each([
    ['src-shared/job/bad.ts', "import '../../src-main/core/runner.ts';", 'shared-imports-nothing-but-itself'],
    ['src-shared/job/bad.ts', "import 'node:fs';", 'shared-imports-nothing-but-itself'],
    ['src-main/core/bad.ts', "import 'node:fs';", 'core-is-pure'],
    ['src-main/core/bad.ts', "import 'electron';", 'core-is-pure'],
    [
      'src-main/core/bad.ts',
      "import type { journal } from '../adapters/journal.ts'; export type J = typeof journal;",
      'core-is-pure',
    ],
    ['src-main/adapters/bad.ts', "import 'electron';", 'adapters-know-no-electron-and-no-shell'],
    ['src-main/adapters/bad.ts', "import '../shell/window.ts';", 'adapters-know-no-electron-and-no-shell'],
    ['src-main/adapters/bad.ts', "import 'ajv';", 'ajv-is-known-in-one-place'],
    ['src-main/cli.ts', "import './shell/window.ts';", 'command-line-knows-no-electron'],
    ['src-preload/bad.ts', "import '../src-main/core/runner.ts';", 'preload-sees-shared-alone'],
    ['src-renderer/app/bad.ts', "import '../../src-main/core/runner.ts';", 'renderer-sees-shared-alone'],
    ['src-renderer/app/bad.ts', "import 'node:fs';", 'renderer-uses-no-node'],
    ['src-renderer/components/bad.ts', "import '../db/database.ts';", 'components-know-nothing-of-jobs'],
    ['src-renderer/db/bad.ts', "import '../features/list/list.ts';", 'db-sync-and-store-are-below-features'],
    ['src-renderer/features/other/bad.ts', "import '../list/list.ts';", 'features-import-no-other-feature'],
    ['src-main/adapters/bad.ts', "import './nowhere.ts';", 'everything-resolves'],
  ])('refuse %s with %s', async (file, source, rule) => {
    await write(file, source);
    expect(await brokenRules()).toContain(rule);
  });

  it('refuse a circle of imports', async () => {
    await write('src-main/core/a.ts', "import { b } from './b.ts'; export const a = (): unknown => b;");
    await write('src-main/core/b.ts', "import { a } from './a.ts'; export const b = (): unknown => a;");
    expect(await brokenRules()).toContain('no-cycles');
  });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(house, file)), { recursive: true });
  await writeFile(join(house, file), text);
}

async function brokenRules(): Promise<string[]> {
  const { forbidden, options } = JSON.parse(
    await readFile(join(repository, '.dependency-cruiser.json'), 'utf8'),
  );
  const { output } = await cruise(['src-shared', 'src-main', 'src-preload', 'src-renderer'], {
    ...options,
    baseDir: house,
    ruleSet: { forbidden },
    validate: true,
  });
  return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
}
