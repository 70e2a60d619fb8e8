/** The command line's surroundings, as this process has them. */
import type { CliIo } from './cli-types.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function processIo(): CliIo {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    stderrIsTerminal: stderr.isTTY === true,
    // npm runs scripts in the package's folder; paths are meant from where the user is.
    cwd: (env.npm_lifecycle_event === 'job' && env.INIT_CWD) || process.cwd(),
    onStop(listener) {
      for (const signal of STOP_SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of STOP_SIGNALS) process.off(signal, listener);
      };
    },
  };
}
