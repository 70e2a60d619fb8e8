/** What `JSON.parse` does not tell of the text that it accepts: doubled and unsafe names, how numbers were written. */
import type { DocumentProblem, DocumentRepair } from '#shared/contract/documents.ts';
import { endOfString } from '#shared/json/parse-json.ts';
import { pointerStep } from '#shared/json/pointer-step.ts';

const MAX_TOLD = 100;

interface Level {
  path: string;
  /** The names an object has so far; null for a list. */
  names: Set<string> | null;
  /** The name or the place of the value that comes next. */
  step: string | number;
  /** Before the colon. */
  expectsName: boolean;
}

/**
 * Reads text that `JSON.parse` has accepted once more, token by token.
 * @returns `problems`: names that occur twice or are not safe, whole numbers that no double holds exactly; `repairs`: whole numbers
 * that were written with a fraction or an exponent
 */
export function jsonFacts(text: string): { problems: DocumentProblem[]; repairs: DocumentRepair[] } {
  const problems: DocumentProblem[] = [];
  const repairs: DocumentRepair[] = [];
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1);
    const char = text[at] as string;
    if (char === '{' || char === '[') {
      const path = level === undefined ? '' : pathOf(level);
      levels.push({ path, names: char === '{' ? new Set() : null, step: 0, expectsName: char === '{' });
    } else if (char === '}' || char === ']') {
      levels.pop();
    } else if (char === ',' && level !== undefined) {
      if (level.names !== null) level.expectsName = true;
      else level.step = Number(level.step) + 1;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (level?.names && level.expectsName) {
        level.step = JSON.parse(text.slice(at, end)) as string;
        level.expectsName = false;
        if (level.names.has(level.step)) problems.push(doubled(level));
        const unsafe = unsafeName(level, levels.at(-2));
        if (unsafe !== null) problems.push(unsafe);
        level.names.add(level.step);
      }
      at = end - 1;
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      const end = endOfNumber(text, at);
      const path = level === undefined ? '' : pathOf(level);
      judgeNumber(text.slice(at, end), path, problems, repairs);
      at = end - 1;
    }
  }
  return { problems: problems.slice(0, MAX_TOLD), repairs: repairs.slice(0, MAX_TOLD) };
}

function pathOf(level: Level): string {
  return `${level.path}/${pointerStep(String(level.step))}`;
}

function doubled(level: Level): DocumentProblem {
  const name = JSON.stringify(level.step);
  return { path: pathOf(level), message: `Expected each name once in an object, got ${name} twice.` };
}

/** Names by which copying an object could change all objects (prototype pollution). */
function unsafeName(level: Level, parent: Level | undefined): DocumentProblem | null {
  const isUnsafe =
    level.step === '__proto__' || (level.step === 'prototype' && parent?.step === 'constructor');
  if (!isUnsafe) return null;
  return {
    path: pathOf(level),
    message: `Expected a name that is safe to copy, got ${JSON.stringify(level.step)}.`,
  };
}

function judgeNumber(
  source: string,
  path: string,
  problems: DocumentProblem[],
  repairs: DocumentRepair[],
): void {
  const value = Number(source);
  if (!Number.isFinite(value)) {
    problems.push({ path, message: `Expected a number that fits in 64 bits, got ${source}.` });
  } else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    if (isTopLevel(path) || !isWrittenBack(source, value)) {
      const message = `Expected a whole number of at most ${Number.MAX_SAFE_INTEGER}, since a larger one would be rounded, got ${source}.`;
      problems.push({ path, message });
    }
  } else if (Number.isInteger(value) && /[.eE]/u.test(source) && !isFree(path)) {
    repairs.push({ kind: 'integer-form', path, message: `Read ${source} as the whole number ${value}.` });
  }
}

function isTopLevel(path: string): boolean {
  return path.lastIndexOf('/') === 0;
}

/** Free metadata may hold 6.022e23, which is no count; or 431772039504721740000, which is how JavaScript writes one. */
function isWrittenBack(source: string, value: number): boolean {
  return /[eE]/u.test(source) || source.replace(/\.0+$/u, '') === String(value);
}

/** Where a number is its owner's: 1.0 says no more there than 1. */
function isFree(path: string): boolean {
  return /^\/metadata\/(?!jobdeck\/)|^\/metadata\/jobdeck\/(?:imported|items|task|result)\//u.test(path);
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && /[0-9.eE+-]/u.test(text[end] as string)) end++;
  return end;
}
