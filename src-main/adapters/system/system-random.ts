import { randomInt, randomUUID } from 'node:crypto';
import type { Random } from '../../core/ports.ts';

/** `randomInt` draws from less than 2^48; divided by a power of two no result is rounded up to 1. */
const STEPS = 2 ** 47;

/** The system's source of randomness. */
export const SYSTEM_RANDOM: Random = {
  next: () => randomInt(STEPS) / STEPS,
  uuid: randomUUID,
};
