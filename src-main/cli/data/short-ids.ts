/** Ids as short as they can be told apart in a data directory. */
import type { JobId } from '#shared/job/job-id.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';

/** `job-` and eight digits: what git shows of a commit, too. */
const SHORTEST = 12;

/** Gives the function that shortens them. Every id that it gives is the beginning of one job's alone. */
export function shortIds(reader: DataReader): (id: JobId) => string {
  return (id) => {
    for (let length = SHORTEST; length < id.length; length++) {
      const start = id.slice(0, length);
      if (reader.idsFrom(start, 2).length < 2) return start;
    }
    return id;
  };
}
