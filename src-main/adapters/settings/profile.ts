/** The local profile: who made and changed the records of a data directory. */
import { randomUUID } from 'node:crypto';
import { keptOnce, type Meta } from '../journal/meta.ts';

const PROFILE_ID = /^user-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** `user-<uuid4>`, made once and kept. */
export function profileIdOf(meta: Meta): string {
  return keptOnce(
    meta,
    'profile_id',
    () => `user-${randomUUID()}`,
    (id) => PROFILE_ID.test(id),
  );
}
