/** What is typed into the form of a queue, and what is wrong with it. Pure. */

const MAX_NAME_LENGTH = 100;
const MAX_SLOTS = 1024;

/** A sentence, or null where the name can be used. */
export function nameProblem(text: string, taken: readonly string[]): string | null {
  const name = text.trim();
  if (name === '') return 'Expected a name.';
  if (name.length > MAX_NAME_LENGTH)
    return `Expected at most ${MAX_NAME_LENGTH} characters, got ${name.length}.`;
  return taken.includes(name) ? `There is a queue named "${name}" already.` : null;
}

/** The slots, null for as many as the runner has; undefined where the text is no such number. */
function read(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const slots = Number(trimmed);
  return /^\d+$/u.test(trimmed) && slots >= 1 && slots <= MAX_SLOTS ? slots : undefined;
}

export function slotsProblem(text: string): string | null {
  return read(text) === undefined ? `Expected a whole number from 1 to ${MAX_SLOTS}, or nothing.` : null;
}

export function parseQueueSlots(text: string): number | null {
  return read(text) ?? null;
}
