/** As many jobs as it takes for each step to take a second or more. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from './app.ts';
import type { RunningApp } from './running-app.ts';
import { openImport, shellDocument } from './window.ts';

export const MANY_COUNT = 4000;
/** The same as the window writes it. */
export const MANY = '4,000';

/** The id of one of them. */
export function idOfMany(n: number): string {
  return `job-${n.toString(16).padStart(8, '0')}-5555-4555-8555-555555555555`;
}

/**
 * Imports them, from `many.ndjson` in a folder.
 * @param rest what each document says beside what a saved job does
 */
export async function bringInMany(app: RunningApp, folder: string, rest: object = {}): Promise<void> {
  const file = join(folder, 'many.ndjson');
  const lines = Array.from({ length: MANY_COUNT }, (_, n) =>
    JSON.stringify({ ...shellDocument(idOfMany(n), `Number ${n}`, 'true'), ...rest }),
  );
  writeFileSync(file, lines.join('\n'));
  const dialog = await openImport(app, [file]);
  await dialog.getByRole('button', { name: `Import ${MANY} jobs` }).click({ timeout: 30_000 });
  await expect(dialog).toBeHidden({ timeout: 60_000 });
}
