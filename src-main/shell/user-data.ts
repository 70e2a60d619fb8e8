/** Where the application keeps what it keeps. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';

/** Follows `--user-data-dir=DIR`, for the profile and the jobs alike. Call it before `ready`. */
export function followUserDataSwitch(): void {
  const given = app.commandLine.getSwitchValue('user-data-dir');
  if (given === '') return;
  const directory = resolve(given);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  app.setPath('userData', directory);
}

/** The data directory of the runner: beside the window's profile, which holds the history. */
export function dataDirectory(): string {
  return join(app.getPath('userData'), 'workspace');
}
