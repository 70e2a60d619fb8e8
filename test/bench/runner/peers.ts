/** The programs that we are measured against, as a person would use them for the same work. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './own-runner.ts';

/** By the name of its figures. */
const PROGRAMS = {
  'task-spooler': 'tsp',
  'GNU parallel': 'parallel',
  'xargs -P': 'xargs',
  curl: 'curl',
} as const;
export type PeerName = keyof typeof PROGRAMS;

export const isThere = (name: PeerName): boolean =>
  spawnSync('sh', ['-c', `command -v ${PROGRAMS[name]}`]).status === 0;

export const missingPeers = (): PeerName[] =>
  (Object.keys(PROGRAMS) as PeerName[]).filter((name) => !isThere(name));

/** Without those that are not on this machine. */
export function present<T>(contestants: Partial<Record<PeerName, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(contestants).filter(([name]) => isThere(name as PeerName)),
  ) as Record<string, T>;
}

/** `command` once for each line, which it gets as its last argument; no record of anything is kept. */
export function throughXargs(lines: readonly string[], atOnce: number, command: readonly string[]): void {
  run('xargs', ['-P', String(atOnce), '-n', '1', ...command], lines);
}

/** The same with a line in a file for each that ended. */
export function throughParallel(lines: readonly string[], atOnce: number, command: readonly string[]): void {
  inDirectory((directory) =>
    run(
      'parallel',
      ['--will-cite', '-j', String(atOnce), '--joblog', join(directory, 'log'), ...command],
      lines,
    ),
  );
}

/** Queues so many jobs, from a shell as its manual shows it, and waits for the last of them. */
export function throughTaskSpooler(count: number, slots: number, command: string): void {
  inDirectory((directory) => {
    const script = `
      tsp -S ${slots}
      last=0
      for i in $(seq ${count}); do last=$(tsp -n ${command}); done
      i=$((last - ${slots} + 1))
      while [ $i -le $last ]; do tsp -w $i >/dev/null; i=$((i + 1)); done
      tsp -K`;
    run('sh', ['-c', script], [], taskSpoolerEnvironment(directory));
  });
}

export function taskSpoolerEnvironment(directory: string): NodeJS.ProcessEnv {
  return { ...process.env, TS_SOCKET: join(directory, 'tsp'), TMPDIR: directory };
}

export function inDirectory<T>(use: (directory: string) => T): T {
  const directory = temporaryDirectory();
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[], lines: readonly string[], env = process.env): void {
  const input = lines.map((line) => `${line}\n`).join('');
  const { status, stderr } = spawnSync(program, args, { input, env, stdio: ['pipe', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`Expected ${program} to end with 0, got ${status}: ${stderr}`);
}
