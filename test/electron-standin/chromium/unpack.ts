/**
 * Unpacks @sparticuz/chromium to the temporary folder, with the libraries it needs where the system has none.
 * Run as a program with TMPDIR set; its argument is the folder that the files will be in at the end.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

const folder = process.argv[2] ?? tmpdir();
const program = await chromium.executablePath();
if (spawnSync(program, ['--version']).status !== 0) {
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  await inflate(join(packed, 'al2023.tar.br'));
}
// Read only where the system has no font configuration of its own.
writeFileSync(
  join(tmpdir(), 'fonts', 'fonts.conf'),
  `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
);
