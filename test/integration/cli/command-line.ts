/** Starts the real command line from its sources, as `npm run job` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  outcome: Promise<Outcome>;
  /** Resolves once `text` was printed on standard output or standard error. */
  printed(text: string): Promise<void>;
}

export interface StartOptions {
  cwd: string;
  /** Null for one that stays open and says nothing. */
  stdin?: string | null;
  env?: Record<string, string>;
  /** As a shell does for each command on a terminal: a group of its own, which gets the signals of the keyboard. */
  ownGroup?: boolean;
}

export function start(
  argv: string[],
  { cwd, stdin = '', env = {}, ownGroup = false }: StartOptions,
): Started {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(ROOT, 'src-main/cli.ts'), ...argv],
    { cwd, env: { ...process.env, ...env }, detached: ownGroup },
  );
  const texts = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      for (const watcher of watchers) watcher();
    });
  }
  child.stdin.on('error', () => {}); // it may end before it has read everything
  if (stdin !== null) child.stdin.end(stdin);
  return {
    child,
    outcome: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, ...texts }));
    }),
    printed: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!(texts.stdout + texts.stderr).includes(text)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

export function run(argv: string[], options: StartOptions): Promise<Outcome> {
  return start(argv, options).outcome;
}
