/** The command line's surroundings, as this process has them. */
import { type CliIo, STOP_SIGNALS, type StopSignal } from './cli-types.ts';

/** One Ctrl-C may come twice: npm passes on to its script what the terminal has sent to both. */
const SAME_PRESS_MS = 250;

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
      let pressedMs = Number.NEGATIVE_INFINITY;
      const tell = (signal: StopSignal) => {
        const isSamePress = signal === 'SIGINT' && performance.now() - pressedMs < SAME_PRESS_MS;
        if (signal === 'SIGINT' && !isSamePress) pressedMs = performance.now();
        if (!isSamePress) listener(signal);
      };
      const listeners = STOP_SIGNALS.map((signal) => [signal, () => tell(signal)] as const);
      for (const [signal, told] of listeners) process.on(signal, told);
      return () => {
        for (const [signal, told] of listeners) process.off(signal, told);
      };
    },
  };
}
