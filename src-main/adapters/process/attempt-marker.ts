/** The value of JOBDECK_ATTEMPT_ID: which attempt, of which data directory. */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';

/**
 * `<job>/<attempt>/<hash of the folder>`, of an item `<thousands>/<index>.<attempt>/<hash>`: the same at the next start, and another one in another data directory.
 * @param directory the attempt's folder, links resolved
 */
export function attemptMarker(directory: string): string {
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return `${basename(dirname(directory))}/${basename(directory)}/${hash}`;
}
