/** Data directories of earlier or present runs. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { type DataReader, openDataReader } from '../../adapters/control/data-reader.ts';
import type { CliIo } from '../cli-types.ts';

/** @throws AppError `not-found` where no run was there */
export function expectDataDirectory(directory: string): void {
  if (existsSync(join(directory, 'journal.sqlite'))) return;
  throw new AppError('not-found', `Expected the data directory of an earlier run at ${directory}, got none.`);
}

/** Reads `data`, whether a process has it open or not; what is damaged is told on standard error. */
export async function readingData<T>(
  data: string,
  io: CliIo,
  read: (reader: DataReader, directory: string) => Promise<T>,
): Promise<T> {
  const directory = resolve(io.cwd, data);
  expectDataDirectory(directory);
  const reader = openDataReader(directory, ({ message }) => io.stderr.write(`${message}\n`));
  try {
    return await read(reader, directory);
  } finally {
    reader.close();
  }
}
