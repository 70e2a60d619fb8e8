/** Values that are typed as text: sizes and numbers. Null for nothing, undefined for what is none. */

const UNIT_BYTES = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 } as const;
const UNIT_NAMES = { gib: 'GiB', gb: 'GB', mib: 'MiB', mb: 'MB', kib: 'KiB', kb: 'KB' } as const;

/** Bytes of "500", "64 MB", "1.5 GiB". */
export function parseSize(text: string): number | null | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '') return null;
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?)\s*([kmg]i?b|b)?$/u.exec(trimmed) ?? [];
  if (amount === undefined) return undefined;
  const bytes = Math.round(Number(amount) * UNIT_BYTES[unit as keyof typeof UNIT_BYTES]);
  return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest way to write it that `parseSize` reads back exactly. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return '';
  for (const unit of ['gib', 'gb', 'mib', 'mb', 'kib', 'kb'] as const) {
    if (bytes > 0 && bytes % UNIT_BYTES[unit] === 0) return `${bytes / UNIT_BYTES[unit]} ${UNIT_NAMES[unit]}`;
  }
  return `${bytes} B`;
}

export interface NumberRange {
  min?: number;
  max?: number;
  /** Fractions are numbers too. */
  fractions?: boolean;
}

export function parseNumber(text: string, range: NumberRange = {}): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const { min = -Infinity, max = Infinity, fractions = false } = range;
  const number = /^-?\d+(?:\.\d+)?$/u.test(trimmed) ? Number(trimmed) : Number.NaN;
  const isIn = number >= min && number <= max;
  return isIn && (fractions ? Number.isFinite(number) : Number.isSafeInteger(number)) ? number : undefined;
}

export function numberText(number: number | null): string {
  return number === null ? '' : String(number);
}

/** What a number of this range is, for a sentence: "a whole number from 1 to 20". */
export function rangeWords({ min, max, fractions = false }: NumberRange): string {
  const kind = fractions ? 'a number' : 'a whole number';
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  if (min !== undefined) return `${kind}, at least ${min}`;
  return max === undefined ? kind : `${kind}, at most ${max}`;
}
