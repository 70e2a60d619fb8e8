/** Durations as the record keeps them. */

/**
 * Nanoseconds since `startNs` (`process.hrtime.bigint()`). Stops at 2^53-1, which is 104 days: a number above
 * it would not be exact.
 */
export function nanosecondsSince(startNs: bigint): number {
  const elapsed = process.hrtime.bigint() - startNs;
  return elapsed > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(elapsed);
}
