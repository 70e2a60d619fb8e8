/** What electron-builder needs of Electron's runtime to put a package together, without the runtime. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion } from '@electron/fuses';

/** What stands before the fuses in Electron's executable. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_COUNT = 9;
/** A fuse as Electron ships it, before anyone sets it. */
const UNSET = 'x'.charCodeAt(0);

const ROOT = join(import.meta.dirname, '../../..');

/**
 * Makes a folder that can stand for `electronDist`: an executable that runs the application on the stand-in and
 * carries a fuse wire that nobody has set. The shell is replaced before it would read as far as the wire.
 */
export async function makeFakeElectron(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const main = join(ROOT, 'test/electron-standin/main.ts');
  const launcher = `#!/bin/sh\nexec "${process.execPath}" --disable-warning=ExperimentalWarning "${main}" "$0" "$@"\n`;
  const wire = Buffer.from([Number(FuseVersion.V1), FUSE_COUNT, ...Array(FUSE_COUNT).fill(UNSET)]);
  const executable = join(directory, 'electron');
  await writeFile(executable, Buffer.concat([Buffer.from(launcher), Buffer.from(SENTINEL), wire]));
  await chmod(executable, 0o755);
}

/** The fuses of an executable by their names: `true`, `false`, or null where nobody set it. */
export function fusesOf(executable: Buffer): Record<string, boolean | null> {
  const at = executable.indexOf(SENTINEL) + SENTINEL.length + 2;
  const wire = [...executable.subarray(at, at + FUSE_COUNT)];
  return Object.fromEntries(
    wire.slice(0, 8).map((state, index) => [FuseV1Options[index], state === UNSET ? null : state === 0x31]),
  );
}
