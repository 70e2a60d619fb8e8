/** Names and their addresses. */
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** All addresses of a name. Rejects where it has none, and where it may not be connected to. */
export type LookUp = (hostname: string) => Promise<LookupAddress[]>;

/** In the form that sockets take. */
export function socketLookUp(lookUp: LookUp): LookupFunction {
  return (hostname, { all, family }, callback) => {
    const answer = async () => {
      const found = await lookUp(hostname);
      const wanted = family === 4 || family === 6 ? found.filter((one) => one.family === family) : found;
      const [first] = wanted;
      if (first === undefined) {
        throw Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND', hostname });
      }
      return { wanted, first };
    };
    answer().then(
      ({ wanted, first }) =>
        all === true ? callback(null, wanted) : callback(null, first.address, first.family),
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}
