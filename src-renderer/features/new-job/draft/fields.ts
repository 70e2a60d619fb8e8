/** Fields of a form: where in the document each is kept, and how. */
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { type Path, valueAt, withValueAt } from './place.ts';
import { isObject, type JsonObject, numberOf, textOf, textsOf } from './values.ts';

/** How a value of the form is kept as JSON. What is read may be anything; undefined is a key that is not there. */
interface Kept<T> {
  read(value: unknown): T;
  write(value: T): unknown;
}

export interface Field<T> extends Kept<T> {
  path: Path;
}

export type Fields<F> = { [K in keyof F]: Field<F[K]> };

/** A field at a path such as `metadata/jobdeck/queue`. */
export function at<T>(path: string, kept: Kept<T>): Field<T> {
  return { path: path.split('/'), ...kept };
}

export const inJobdeck = <T>(path: string, kept: Kept<T>) => at(`metadata/jobdeck/${path}`, kept);
export const inTask = <T>(path: string, kept: Kept<T>) => inJobdeck(`task/${path}`, kept);

export function readFields<F>(fields: Fields<F>, document: BatchJobDocument): F {
  const read = Object.entries<Field<unknown>>(fields).map(([name, field]) => [
    name,
    field.read(valueAt(document, field.path)),
  ]);
  return Object.fromEntries(read) as F;
}

/** The document with the fields that are in `change`; no other is touched. */
export function writeFields<F>(
  fields: Fields<F>,
  document: BatchJobDocument,
  change: Partial<F>,
): BatchJobDocument {
  return Object.entries(change).reduce<BatchJobDocument>((written, [name, value]) => {
    const field = (fields as Record<string, Field<unknown>>)[name];
    if (field === undefined) return written;
    return withValueAt(written as JsonObject, field.path, field.write(value)) as BatchJobDocument;
  }, document);
}

/** Nothing written is a key that is not there. */
export const text: Kept<string> = { read: textOf, write: (value) => (value === '' ? undefined : value) };

/** Of a key that has to be there, empty as well. */
export const requiredText: Kept<string> = { read: textOf, write: (value) => value };

export const texts: Kept<string[]> = {
  read: textsOf,
  write: (values) => (values.length === 0 ? undefined : values),
};

export const number: Kept<number | null> = { read: numberOf, write: (value) => value ?? undefined };

/** A time, RFC 3339. */
export const time: Kept<string | null> = {
  read: (value) => (typeof value === 'string' ? value : null),
  write: (value) => value ?? undefined,
};

export const textMap: Kept<Record<string, string>> = {
  read: (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, textOf(each)]))
      : {},
  write: (map) => (Object.keys(map).length === 0 ? undefined : map),
};

export const anything: Kept<unknown> = { read: (value) => value, write: (value) => value };

/** One of a few; the first is what an absent key means. */
export function oneOf<const T extends string>(values: readonly [T, ...T[]]): Kept<T> {
  const [usual] = values;
  return {
    read: (value) => values.find((each) => each === value) ?? usual,
    write: (value) => (value === usual ? undefined : value),
  };
}

/** @param usual what an absent key means */
export function flag(usual: boolean): Kept<boolean> {
  return {
    read: (value) => (typeof value === 'boolean' ? value : usual),
    write: (value) => (value === usual ? undefined : value),
  };
}
