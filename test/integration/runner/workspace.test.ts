import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import { MIGRATIONS } from '../../../src-main/adapters/journal/migrations.ts';
import { open, temporaryDirectory } from './harness.ts';

/** Changes the closed journal from outside. */
function tamper(directory: string, statement: string): void {
  const database = new DatabaseSync(join(directory, 'journal.sqlite'));
  database.exec(statement);
  database.close();
}

describe('a data directory', () => {
  it('is made where it does not exist, for its owner alone', async () => {
    const directory = join(temporaryDirectory(), 'new', 'data');
    await open(directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const file of ['journal.sqlite', 'lock.sqlite']) {
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('is open once at a time, and again after it was closed', async () => {
    const directory = temporaryDirectory();
    const first = await open(directory);
    await expect(open(directory)).rejects.toMatchObject({
      code: 'data-in-use',
      message: expect.stringContaining(directory),
    });
    await first.close();
    await open(directory);
  });

  it('that is closed twice is closed when either call returns', async () => {
    const directory = temporaryDirectory();
    const workspace = await open(directory);
    await workspace.runner.start();
    await Promise.race([workspace.close(), workspace.close()]);
    await open(directory);
  });

  it('is given back where its journal can not be opened', async () => {
    const directory = temporaryDirectory();
    await (await open(directory)).close();
    tamper(directory, 'PRAGMA user_version = 99');
    await expect(open(directory)).rejects.toMatchObject({ code: 'unsupported' });
    tamper(directory, `PRAGMA user_version = ${MIGRATIONS.length}`);
    await open(directory);
  });

  it('that can not be made is a sentence', async () => {
    await expect(open('/dev/null/data')).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining('/dev/null/data'),
    });
    expect(existsSync('/dev/null/data')).toBe(false);
  });

  it('keeps one profile', async () => {
    const directory = temporaryDirectory();
    const first = await open(directory);
    expect(first.profileId).toMatch(
      /^user-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    await first.close();
    expect((await open(directory)).profileId).toBe(first.profileId);
  });
});

describe('settings', () => {
  it('are the defaults until they are set, and then what was set, also after a restart', async () => {
    const directory = temporaryDirectory();
    const first = await open(directory);
    expect(first.readSettings()).toEqual(DEFAULT_SETTINGS);
    expect(first.runner.status().slots).toBe(availableParallelism());
    expect(first.writeSettings({ slots: 7, theme: 'dark' })).toEqual({
      ...DEFAULT_SETTINGS,
      slots: 7,
      theme: 'dark',
    });
    expect(first.runner.status().slots).toBe(7);
    await first.close();
    const second = await open(directory);
    expect(second.readSettings()).toEqual({ ...DEFAULT_SETTINGS, slots: 7, theme: 'dark' });
    expect(second.runner.status()).toMatchObject({ slots: 7, problem: null });
  });

  it('do not change slots that were given at the start', async () => {
    const workspace = await open(temporaryDirectory(), { slots: 3 });
    workspace.writeSettings({ slots: 9 });
    expect(workspace.runner.status().slots).toBe(3);
  });

  it('that are none are refused, and nothing is changed', async () => {
    const workspace = await open(temporaryDirectory());
    expect(() => workspace.writeSettings({ slots: 0 })).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
    expect(workspace.readSettings()).toEqual(DEFAULT_SETTINGS);
  });

  it.each(['{"slots":', '[]', 'null', '{"slots":-1}'])(
    'that are damaged (%s) are defaults, and that is said',
    async (text) => {
      const directory = temporaryDirectory();
      const first = await open(directory);
      first.writeSettings({ theme: 'dark' });
      await first.close();
      tamper(directory, `UPDATE meta SET value = '${text}' WHERE key = 'settings'`);
      const second = await open(directory);
      expect(second.readSettings()).toEqual(DEFAULT_SETTINGS);
      expect(second.runner.status().problem).toContain('settings');
    },
  );

  it('of another version keep what this one knows', async () => {
    const directory = temporaryDirectory();
    const first = await open(directory);
    first.writeSettings({ theme: 'dark' });
    await first.close();
    tamper(directory, `UPDATE meta SET value = '{"theme":"light","confetti":true}' WHERE key = 'settings'`);
    const second = await open(directory);
    expect(second.readSettings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
    expect(second.runner.status().problem).toBeNull();
  });
});
