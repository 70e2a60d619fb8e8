/**
 * Checks that the application uses nothing of Electron that the stand-in lacks: copies its sources, lets
 * `electron` mean the stand-in's own types there, and type-checks the copy. Paths in a tsconfig cannot do that,
 * because the ambient module of Electron's own declarations wins.
 * Usage: `node check-types.ts [FOLDER]`, where FOLDER holds `src-main`, `src-preload` and `src-shared`.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');
const SOURCES = ['src-shared', 'src-main', 'src-preload'];
/** What `electron` is to the sources of each folder. */
const MEANINGS: Record<string, string> = {
  'src-main': join(import.meta.dirname, 'exports.ts'),
  'src-preload': join(import.meta.dirname, 'page/preload-electron.ts'),
};
const IMPORT_OF_ELECTRON = /(from |import\()(['"])electron(?:\/main|\/renderer|\/common)?\2/gu;

const from = resolve(process.argv[2] ?? REPOSITORY);
const cache = join(REPOSITORY, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const copy = mkdtempSync(join(cache, 'standin-types-'));
try {
  process.exitCode = check();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function check(): number {
  for (const folder of SOURCES.filter((each) => existsSync(join(from, each)))) {
    cpSync(join(from, folder), join(copy, folder), { recursive: true });
    const meaning = MEANINGS[folder];
    if (meaning !== undefined) rewrite(join(copy, folder), meaning);
  }
  writeFileSync(join(copy, 'package.json'), readFileSync(join(REPOSITORY, 'package.json')));
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(tsconfig()));
  const compiler = join(REPOSITORY, 'node_modules/typescript-native/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', copy, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: copy,
  });
  if (status === 0) return 0;
  process.stdout.write(stdout);
  process.stdout.write(
    '\nThe application uses something of Electron that the stand-in lacks: add it to test/electron-standin/api and to its keys.\n',
  );
  return 1;
}

function rewrite(folder: string, meaning: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const path = join(folder, name);
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, source.replaceAll(IMPORT_OF_ELECTRON, `$1'${meaning}'`));
  }
}

function tsconfig(): object {
  return {
    extends: join(REPOSITORY, 'tsconfig.json'),
    compilerOptions: {
      composite: false,
      incremental: false,
      emitDeclarationOnly: false,
      noEmit: true,
      lib: ['ES2024', 'DOM', 'DOM.Iterable'],
      types: ['node', 'electron'],
      typeRoots: [join(REPOSITORY, 'node_modules/@types'), join(REPOSITORY, 'node_modules')],
    },
    include: SOURCES.map((folder) => `./${folder}/**/*.ts`),
    references: [],
    files: [],
  };
}
