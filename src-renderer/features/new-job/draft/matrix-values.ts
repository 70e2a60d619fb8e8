/** The values of one name of a matrix, written in one line: `1, 2, large, "with, comma"`. */
import { jsonIn } from './values.ts';

const PIECE = /\s*"(?:[^"\\]|\\.)*"\s*(?=,|$)|[^,]+/gu;

/** The values of a line: numbers, true, false and null as such, anything else as text; a list of JSON as it is. */
export function parseMatrixValues(line: string): unknown[] {
  if (line.trim().startsWith('[')) {
    const parsed = jsonIn(line);
    if (parsed && Array.isArray(parsed.value)) return parsed.value;
  }
  return [...line.matchAll(PIECE)]
    .map(([piece]) => piece.trim())
    .filter((piece) => piece !== '')
    .map(matrixValue);
}

/** The shortest line that `parseMatrixValues` reads back exactly. */
export function matrixLine(values: readonly unknown[]): string {
  const isShort = values.every((value) => value === null || typeof value !== 'object');
  return isShort ? values.map(pieceOf).join(', ') : JSON.stringify(values);
}

function matrixValue(piece: string): unknown {
  const parsed = jsonIn(piece);
  return parsed !== undefined && (parsed.value === null || typeof parsed.value !== 'object')
    ? parsed.value
    : piece;
}

function pieceOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[^",[\]{}\s](?:[^",]*[^",\s])?$/u.test(value) && matrixValue(value) === value;
  return isPlain ? value : JSON.stringify(value);
}
