/** Where a converted file goes. */
import { resolve } from 'node:path';
import { openReplacement } from '../../adapters/documents/replacement-file.ts';
import type { CliIo } from '../cli-types.ts';
import { writeOut } from '../lines.ts';

export interface TextTarget {
  write(text: string): Promise<void>;
  /** Only now a file exists under its name. */
  finish(): Promise<void>;
  /** Gives up what is not finished: a file that was there before stays. */
  cancel(): Promise<void>;
}

/** So much is gathered before it is written, UTF-16 units. */
const GATHERED = 64 * 1024;

/**
 * @param path null for standard output
 * @throws AppError `io` where the folder is not there or may not be written to
 */
export async function openTarget(path: string | null, { cwd, stdout }: CliIo): Promise<TextTarget> {
  const file = path === null ? null : await openReplacement(resolve(cwd, path));
  let gathered = '';
  const flush = async (): Promise<void> => {
    const text = gathered;
    gathered = '';
    if (text !== '') await (file === null ? writeOut(stdout, text) : file.write(text));
  };
  return {
    async write(text) {
      gathered += text;
      if (gathered.length >= GATHERED) await flush();
    },
    async finish() {
      await flush();
      await file?.finish();
    },
    async cancel() {
      await file?.cancel();
    },
  };
}
