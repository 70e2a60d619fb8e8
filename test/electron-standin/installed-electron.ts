import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../../node_modules/electron');

/** Electron's executable where its runtime was downloaded; loading the package itself would start a download. */
export function installedElectron(): string | null {
  const pathFile = join(PACKAGE, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : null;
}

/** The script of Electron's package that downloads its runtime. */
export const ELECTRON_INSTALLER = join(PACKAGE, 'install.js');
