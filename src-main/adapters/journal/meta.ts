/** Single values of a data directory, by name. */
import type { Database } from './database.ts';
import { explained } from './sqlite-error.ts';

export interface Meta {
  read(key: string): string | null;
  /** Durable on return, or with the transaction it is called in. */
  write(key: string, value: string): void;
}

export function createMeta({ file, sqlite }: Database): Meta {
  const select = sqlite.prepare('SELECT value FROM meta WHERE key = ?');
  const upsert = sqlite.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    read: (key) => explained(file, () => (select.get(key)?.value as string | undefined) ?? null),
    write: (key, value) => explained(file, () => void upsert.run(key, value)),
  };
}

/** The value of `key`, made by `make` and kept where there is none that `accepts` it. */
export function keptOnce(
  meta: Meta,
  key: string,
  make: () => string,
  accepts: (value: string) => boolean = () => true,
): string {
  const kept = meta.read(key);
  if (kept !== null && accepts(kept)) return kept;
  const made = make();
  meta.write(key, made);
  return made;
}
