/**
 * A duration in the two units that matter: "340 ms", "4.2 s", "1 min 5 s", "3 h 12 min", "2 d 4 h".
 * @param ms milliseconds
 */
export function formatDuration(ms: number): string {
  if (ms < 1) return ms > 0 ? '<1 ms' : '0 ms';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(hours, 'h', minutes % 60, 'min');
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** The same, for something that is still going on: no fractions that flicker. */
export function formatElapsed(ms: number): string {
  return formatDuration(Math.max(0, Math.floor(ms / 1000)) * 1000 || 0)
    .replace(/^0 ms$/u, '0 s')
    .replace('.0 s', ' s');
}

/** @param ns nanoseconds */
export function formatNanoseconds(ns: number): string {
  return formatDuration(ns / 1e6);
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
