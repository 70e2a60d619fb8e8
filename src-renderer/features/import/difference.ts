/** What is different between two records, field by field. Pure. */
import { jsonEqual } from '../../db/json-equal.ts';

/** `undefined` where one of the two does not have the field. */
export interface Difference {
  /** As one reads it: `metadata.jobdeck.tags[0]`. */
  path: string;
  mine: unknown;
  theirs: unknown;
}

export interface Differences {
  /** The first of them. */
  shown: readonly Difference[];
  count: number;
}

const MAX_SHOWN = 200;

/** The innermost fields in which two JSON values differ. The order of an object's keys means nothing. */
export function differences(mine: unknown, theirs: unknown): Differences {
  const found: { shown: Difference[]; count: number } = { shown: [], count: 0 };
  compare('', mine, theirs, found);
  return found;
}

function compare(
  path: string,
  mine: unknown,
  theirs: unknown,
  found: { shown: Difference[]; count: number },
): void {
  if (jsonEqual(mine, theirs)) return;
  if (isFields(mine) && isFields(theirs)) {
    for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      compare(memberPath(path, key), own(mine, key), own(theirs, key), found);
    }
  } else if (Array.isArray(mine) && Array.isArray(theirs)) {
    for (let index = 0; index < Math.max(mine.length, theirs.length); index += 1) {
      compare(`${path}[${index}]`, mine[index], theirs[index], found);
    }
  } else {
    found.count += 1;
    if (found.shown.length < MAX_SHOWN) found.shown.push({ path, mine, theirs });
  }
}

function memberPath(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function own(fields: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
