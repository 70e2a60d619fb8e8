/** A template is read once and filled for each item: reading gives a function that fills. */

import type { TemplateScope } from './scope.ts';
import { TemplateProblem } from './template-problem.ts';
import type { Place } from './texts.ts';

/** Null where there is nothing to fill in: the text or value stays as it is. */
export type Fill<T> = ((scope: TemplateScope) => T) | null;

export interface Reading {
  /** False: only secrets are placeholders. */
  hasItems: boolean;
  shell: TemplateScope['shell'];
  /** Names of the secrets that were met. */
  secrets: Set<string>;
}

/** `whole` with the parts of it that have something to fill in replaced. */
export function fillParts<T extends object>(whole: T, parts: { [K in keyof T]?: Fill<T[K]> }): Fill<T> {
  const filled = Object.entries<Fill<unknown> | undefined>(parts).filter(([, fill]) => fill != null);
  if (filled.length === 0) return null;
  return (scope) => {
    const copy = { ...whole };
    for (const [name, fill] of filled) define(copy, name, fill?.(scope));
    return copy;
  };
}

/** A property under whatever name: `__proto__` is one like any other. */
export function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

/**
 * @throws TemplateProblem where an operating system or a protocol can't be given this text. Never quotes it: it may
 * hold a secret.
 */
export function checkText(text: string, source: string, place: Place): string {
  if (text.includes('\0')) {
    throw new TemplateProblem(
      'template',
      `Expected text with no NUL character for ${source} in ${place}, got one: it can't be passed on there.`,
    );
  }
  return checkUnicode(text, source, place);
}

/** @throws TemplateProblem where the text has no form in UTF-8, and would be changed in silence */
export function checkUnicode(text: string, source: string, place: Place): string {
  if (text.isWellFormed()) return text;
  throw new TemplateProblem(
    'template',
    `Expected well-formed Unicode for ${source} in ${place}, got half of a surrogate pair: correct the item.`,
  );
}
