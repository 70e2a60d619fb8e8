/** Ids as short as they can be told apart in a data directory. */

/** `job-` or `msg_`, and eight digits: what git shows of a commit, too. */
const SHORTEST = 12;

/**
 * Gives the function that shortens them. Every id that it gives is the beginning of one alone.
 * @param idsFrom the first ids that begin with a text, in their order
 */
export function shortIds(
  idsFrom: (start: string, limit: number) => readonly string[],
): (id: string) => string {
  return (id) => {
    for (let length = SHORTEST; length < id.length; length++) {
      const start = id.slice(0, length);
      if (idsFrom(start, 2).length < 2) return start;
    }
    return id;
  };
}
