/** Several values for a key, without repetition, in the order in which they came. */
export interface MultiMap<K, V> {
  add(key: K, value: V): void;
  delete(key: K, value: V): void;
  get(key: K): ReadonlySet<V>;
  keys(): Iterable<K>;
}

export function createMultiMap<K, V>(): MultiMap<K, V> {
  const sets = new Map<K, Set<V>>();
  const none: ReadonlySet<V> = new Set();
  return {
    add(key, value) {
      const set = sets.get(key);
      if (set === undefined) sets.set(key, new Set([value]));
      else set.add(value);
    },
    delete(key, value) {
      const set = sets.get(key);
      if (set?.delete(value) && set.size === 0) sets.delete(key);
    },
    get: (key) => sets.get(key) ?? none,
    keys: () => sets.keys(),
  };
}
