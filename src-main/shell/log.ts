/** One line on stderr a time something went wrong that no person has to answer. */
export type Log = (message: string, cause?: unknown) => void;

export const logToStderr: Log = (message, cause) => {
  const reason = cause instanceof Error ? (cause.stack ?? cause.message) : cause;
  process.stderr.write(`jobdeck: ${message}${reason === undefined ? '' : ` ${String(reason)}`}\n`);
};
