/** The search box taken apart: words, and `key:value` terms, each where it stands. Pure. */

export interface Token {
  /** From its first character to behind its last one. */
  start: number;
  end: number;
  isNegated: boolean;
  /** Lower case; null for words. */
  key: string | null;
  /** Without quotes. */
  value: string;
  /** True where the value is in quotes and stands for itself, whole. */
  isQuoted: boolean;
}

/** A term is what spaces part; quotes keep spaces together. */
const TERM = /(?:[^\s"]|"[^"]*(?:"|$))+/gu;
/** Not the scheme of a URL, nor the drive of a path. */
const KEY = /^([a-z][a-z-]+):(?!\/\/|\\)(.*)$/isu;

export function tokensOf(search: string): Token[] {
  return [...search.matchAll(TERM)].flatMap((found): Token | [] => {
    const [raw] = found;
    const isNegated = raw.startsWith('-');
    const text = isNegated ? raw.slice(1) : raw;
    if (text === '') return [];
    const [, key, rest] = KEY.exec(text) ?? [];
    const value = rest ?? text;
    return {
      start: found.index,
      end: found.index + raw.length,
      isNegated,
      key: key?.toLowerCase() ?? null,
      value: value.replaceAll('"', ''),
      isQuoted: value.startsWith('"'),
    };
  });
}

/** A value as it is written in the search box. */
export function quotedValue(value: string): string {
  return /[\s"]/u.test(value) || value === '' ? `"${value.replaceAll('"', '')}"` : value;
}
