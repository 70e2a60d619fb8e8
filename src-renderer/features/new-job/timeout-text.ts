const UNIT_MS = { ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of "90", "90 s", "5 min", "1.5 h"; null for nothing; undefined for what is no time, or too short. */
export function parseTimeout(text: string, minMs = 1): number | null | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '') return null;
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?$/u.exec(trimmed) ?? [];
  if (amount === undefined) return undefined;
  const ms = Math.round(Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  return ms >= minMs && Number.isSafeInteger(ms) ? ms : undefined;
}

/** The shortest way to write it that `parseTimeout` reads back exactly. */
export function timeoutText(ms: number | null): string {
  if (ms === null) return '';
  if (ms === 0) return '0 s';
  for (const unit of ['d', 'h', 'min', 's'] as const) {
    if (ms % UNIT_MS[unit] === 0) return `${ms / UNIT_MS[unit]} ${unit}`;
  }
  return `${ms} ms`;
}
