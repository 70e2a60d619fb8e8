/** How an interpreter wants its script: the file's extension, and the arguments before its name. */

export interface Interpreter {
  extension: string;
  /** Arguments before the file. */
  before: readonly string[];
}

const PLAIN: Interpreter = { extension: '', before: [] };
const named = (extension: string, ...before: string[]): Interpreter => ({ extension, before });

const POWERSHELL_ARGUMENTS = ['-NoLogo', '-NoProfile', '-NonInteractive'];

const KNOWN: Readonly<Record<string, Interpreter>> = {
  awk: named('.awk', '-f'),
  bash: named('.sh'),
  bun: named('.ts', 'run'),
  cmd: named('.cmd', '/d', '/c'),
  dash: named('.sh'),
  deno: named('.ts', 'run'),
  fish: named('.fish'),
  gawk: named('.awk', '-f'),
  julia: named('.jl'),
  ksh: named('.sh'),
  lua: named('.lua'),
  node: named('.js'),
  perl: named('.pl'),
  php: named('.php', '-f'),
  powershell: named('.ps1', ...POWERSHELL_ARGUMENTS, '-ExecutionPolicy', 'Bypass', '-File'),
  pwsh: named('.ps1', ...POWERSHELL_ARGUMENTS, '-File'),
  python: named('.py'),
  pypy: named('.py'),
  rscript: named('.R'),
  ruby: named('.rb'),
  sed: named('.sed', '-f'),
  sh: named('.sh'),
  tclsh: named('.tcl'),
  tsx: named('.ts'),
  zsh: named('.sh'),
};

/** What is known of `interpreter`, a name or a path: `python3.12` and `C:\Python\python.exe` are `python`. */
export function interpreterOf(interpreter: string): Interpreter {
  const name = interpreter
    .replace(/^.*[/\\]/, '')
    .toLowerCase()
    .replace(/\.exe$/, '');
  return KNOWN[name] ?? KNOWN[name.replace(/[-.\d]+$/, '')] ?? PLAIN;
}
