/** Items that are counted instead of read: ranges and matrices. */
import { AppError } from '#shared/app-error.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import { MAX_ITEMS, type SizedItem, tooMany } from './pages.ts';

type Range = Extract<Items, { range: unknown }>['range'];
type Matrix = Extract<Items, { matrix: unknown }>['matrix'];

/**
 * From one whole number to another, both included where the steps meet it. Counts down where `to` is the smaller one.
 * @throws AppError `invalid-document` for more than `MAX_ITEMS`, and for numbers that are not exact
 */
export function* rangeItems(range: Range): Generator<SizedItem> {
  const { from, to, step = 1 } = range;
  const count = rangeCount(range);
  const direction = to < from ? -step : step;
  for (let at = 0; at < count; at++) yield { item: from + at * direction, size: 8 };
}

/** @throws AppError as `rangeItems` */
export function rangeCount({ from, to, step = 1 }: Range): number {
  for (const [name, value] of Object.entries({ from, to, step })) {
    if (Number.isSafeInteger(value)) continue;
    throw new AppError(
      'invalid-document',
      `Expected range.${name} to be a whole number of at most ${Number.MAX_SAFE_INTEGER}, got ${value}.`,
    );
  }
  if (step < 1) {
    throw new AppError('invalid-document', `Expected range.step to be at least 1, got ${step}.`);
  }
  return bounded(Math.floor(Math.abs(to - from) / step) + 1);
}

/**
 * Every combination, as an object of one value for each name; the last name changes fastest.
 * @throws AppError `invalid-document` for more than `MAX_ITEMS`, and for a list with nothing in it
 */
export function* matrixItems(matrix: Matrix): Generator<SizedItem> {
  const axes = Object.entries(matrix);
  const count = matrixCount(matrix);
  for (let at = 0; at < count; at++) {
    let rest = at;
    const picked = axes.toReversed().map(([name, values]): [string, unknown] => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [name, value];
    });
    // Own properties whatever their names: `__proto__` is one like any other.
    yield { item: Object.fromEntries(picked.reverse()), size: 64 * picked.length };
  }
}

/** @throws AppError as `matrixItems` */
export function matrixCount(matrix: Matrix): number {
  const axes = Object.entries(matrix);
  const empty = axes.find(([, values]) => values.length === 0);
  if (empty !== undefined) {
    throw new AppError(
      'invalid-document',
      `Expected at least one value in matrix.${empty[0]}, got an empty list: there would be nothing to combine.`,
    );
  }
  return bounded(axes.reduce((count, [, values]) => count * values.length, 1));
}

function bounded(count: number): number {
  if (count > MAX_ITEMS) throw tooMany(count);
  return count;
}
