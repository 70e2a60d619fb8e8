/** A whole number from 1 to `max`; null for what is none. */
export function parseCount(text: string, max: number): number | null {
  const trimmed = text.trim();
  const count = /^\d{1,6}$/u.test(trimmed) ? Number(trimmed) : 0;
  return count >= 1 && count <= max ? count : null;
}
