/** A set of item indexes, a bit each: a batch of 100,000 items costs 13 KB, where a Set costs megabytes. */
export interface IndexSet {
  add(index: number): void;
  has(index: number): boolean;
}

export function createIndexSet(): IndexSet {
  let bits = new Uint8Array(16);
  return {
    add(index) {
      const at = Math.floor(index / 8);
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(at + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      bits[at] = (bits[at] ?? 0) | (1 << (index % 8));
    },
    has: (index) => ((bits[Math.floor(index / 8)] ?? 0) & (1 << (index % 8))) !== 0,
  };
}
