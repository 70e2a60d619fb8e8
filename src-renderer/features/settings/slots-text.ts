/** The most jobs that may be asked to run at a time, as the settings' schema has it. */
export const MAX_SLOTS = 1024;

/** How many jobs a text asks for; null for nothing, which is one per core; undefined for what is no such number. */
export function parseSlots(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,4}$/u.test(trimmed)) return undefined;
  const slots = Number(trimmed);
  return slots >= 1 && slots <= MAX_SLOTS ? slots : undefined;
}
