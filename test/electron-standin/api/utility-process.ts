/** `utilityProcess`: a child of plain Node, which finds `process.parentPort` as in Electron. */
import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import type { Readable } from 'node:stream';
import { refuseUnknownOptions, StrictEmitter, strictModule } from '../strict.ts';

export type UtilityProcessKeys = 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout';
const OPTIONS = ['cwd', 'env', 'execArgv', 'serviceName', 'stdio'];
const running = new Set<ChildProcess>();

export class UtilityProcess
  extends StrictEmitter
  implements Omit<Pick<Electron.UtilityProcess, UtilityProcessKeys>, 'stderr' | 'stdout'>
{
  protected readonly events = ['error', 'exit', 'message', 'spawn'];
  private readonly child: ChildProcess;

  constructor(modulePath: string, args: string[], options: Electron.ForkOptions) {
    super();
    refuseUnknownOptions('utilityProcess.fork', options, OPTIONS);
    const { cwd, env, execArgv = [], stdio = 'inherit' } = options;
    const [input = 'ignore', output, errors] = typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
    this.child = fork(modulePath, args, {
      ...(cwd !== undefined && { cwd }),
      env: { ...(env ?? process.env) },
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--import',
        new URL('utility-child.ts', import.meta.url).href,
        ...execArgv,
      ],
      stdio: [input, output, errors, 'ipc'] as StdioOptions,
      serialization: 'advanced',
    });
    running.add(this.child);
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('error', (error) => process.stderr.write(`A utility process failed: ${String(error)}\n`));
    this.child.on('exit', (code, signal) => {
      running.delete(this.child);
      this.emit('exit', signal === null ? (code ?? 0) : 1);
    });
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }
  get stdout(): Readable | null {
    return this.child.stdout;
  }
  get stderr(): Readable | null {
    return this.child.stderr;
  }
  postMessage(message: unknown, transfer?: unknown[]): void {
    if (transfer?.length) throw new Error('The Electron stand-in passes no ports to utility processes.');
    if (this.child.connected) this.child.send(message as object, () => undefined); // lost where it ends meanwhile
  }
  kill(): boolean {
    return this.child.kill();
  }
}

export const utilityProcess = strictModule('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    new UtilityProcess(modulePath, args, options),
});

process.on('exit', () => {
  for (const child of running) child.kill();
});
