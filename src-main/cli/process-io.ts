/** The command line's surroundings, as this process has them. */
import { type CliIo, STOP_SIGNALS } from './cli-types.ts';

export function processIo(): CliIo {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    stderrIsTerminal: stderr.isTTY === true,
    // npm runs scripts in the package's folder; paths are meant from where the user is.
    cwd: (env.npm_lifecycle_event === 'job' && env.INIT_CWD) || process.cwd(),
    onSignal(listener) {
      const listeners = STOP_SIGNALS.map((signal) => [signal, () => listener(signal)] as const);
      for (const [signal, told] of listeners) process.on(signal, told);
      return () => {
        for (const [signal, told] of listeners) process.off(signal, told);
      };
    },
  };
}
