/**
 * What makes a nearly right document right. Each change is told; nothing else is touched. These are the slips that
 * servers and scripts of this schema are known for (see `test/fixtures/documents`).
 */
import type { DocumentRepair } from '#shared/contract/documents.ts';
import { BATCH_JOB_KEYS } from '#shared/job/batch-job.ts';
import { JOBDECK_METADATA_VERSION } from '#shared/job/jobdeck-metadata.ts';
import { pointerStep } from '#shared/json/pointer-step.ts';
import { isDateTime } from '../validators/index.ts';

type Fields = Record<string, unknown>;

export interface Repaired {
  document: Fields;
  repairs: DocumentRepair[];
}

/**
 * The document with every known slip mended. The given one is not changed.
 * @param isValid the schema accepts it: then it can have but the slips that the schema does not know of
 */
export function repair(original: Fields, isValid: boolean): Repaired {
  const result: Repaired = { document: { ...original }, repairs: [] };
  if (!isValid) {
    renameMetadata(result);
    keepUnknown(result);
  }
  mendDateTimes(result);
  mendCallbackUrl(result);
  return result;
}

/** `metadata_` is what the attribute is called inside the server that this schema comes from. */
function renameMetadata({ document, repairs }: Repaired): void {
  const named = document.metadata_;
  if ((named !== null && !isFields(named)) || (document.metadata ?? null) !== null) return;
  document.metadata = named;
  delete document.metadata_;
  repairs.push({ kind: 'metadata-name', path: '/metadata_', message: 'Read "metadata_" as "metadata".' });
}

/** A property that the schema does not know is kept beside the job, not dropped. */
function keepUnknown({ document, repairs }: Repaired): void {
  const known: readonly string[] = BATCH_JOB_KEYS;
  const unknown = Object.keys(document).filter((key) => !known.includes(key));
  if (unknown.length === 0 || !mayKeep(document)) return;
  for (const key of unknown) {
    const kept = keepImported(document, key, document[key]);
    delete document[key];
    repairs.push({
      kind: 'unknown-keys',
      path: `/${pointerStep(key)}`,
      message: `Moved ${JSON.stringify(key)}, which the schema does not know, to metadata.jobdeck.imported.${kept}.`,
    });
  }
}

const DATE_TIMES = ['created_at', 'updated_at', 'completed_at', 'callback_sent_at'];

function mendDateTimes({ document, repairs }: Repaired): void {
  for (const key of DATE_TIMES) {
    const written = document[key];
    if (typeof written !== 'string' || (isDateTime(written) && !written.includes(':60'))) continue;
    const mended = mendDateTime(written);
    if (mended === null || mended === written) continue;
    document[key] = mended;
    const reason = /(?:[zZ]|[+-]\d\d:?(?:\d\d)?)$/u.test(written) ? '' : ', taking it as UTC';
    repairs.push({
      kind: 'date-time',
      path: `/${key}`,
      message: `Read "${written}" as "${mended}"${reason}.`,
    });
  }
}

/** A leap second is right in RFC 3339 and unknown to JavaScript's clock: it becomes the second before it. */
function mendDateTime(written: string): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(\.\d+)?([zZ]|[+-]\d\d(?::?\d\d)?)?$/u.exec(
    written,
  );
  if (parts === null) return null;
  const [, date = '', minutes = '', seconds = '', fraction = '', offset = 'Z'] = parts;
  const asWritten = isDateTime(written);
  if (asWritten && seconds !== '60') return null;
  const whole = /^[+-]\d\d$/u.test(offset) ? `${offset}:00` : offset.replace(/^([+-]\d\d)(\d\d)$/u, '$1:$2');
  const mended = `${date}T${minutes}${asWritten ? '59' : seconds}${fraction}${whole.toUpperCase()}`;
  return isDateTime(mended) ? mended : null;
}

/** A server that writes `str(None)` does not mean a receiver of that name. */
function mendCallbackUrl({ document, repairs }: Repaired): void {
  if (document.callback_url !== 'None') return;
  document.callback_url = null;
  repairs.push({
    kind: 'callback-none',
    path: '/callback_url',
    message: 'Read the callback URL "None" as null.',
  });
}

/**
 * What was queued or running elsewhere is neither here: it comes in as `created`, and the status it had is kept in
 * `metadata.jobdeck.imported.status`. Nothing is said about how it went on, since nobody here knows.
 */
export function settle({ document, repairs }: Repaired): void {
  const { status } = document;
  if ((status !== 'pending' && status !== 'running') || !mayKeep(document)) return;
  keepImported(document, 'status', status);
  document.status = 'created';
  repairs.push({
    kind: 'status-elsewhere',
    path: '/status',
    message: `Changed "${status}" to "created": it does not run here. The status it had is kept in metadata.jobdeck.imported.status.`,
  });
}

function mayKeep(document: Fields): boolean {
  const metadata = document.metadata ?? {};
  if (!isFields(metadata)) return false;
  const { jobdeck } = metadata;
  // A null there is wrong, and said to be: nothing is put in its place.
  if (jobdeck === undefined) return true;
  return isFields(jobdeck) && (jobdeck.imported === undefined || isFields(jobdeck.imported));
}

/** Puts a value under `metadata.jobdeck.imported` and gives the name it got there: one that is not taken. */
function keepImported(document: Fields, key: string, value: unknown): string {
  const metadata = (document.metadata ?? {}) as Fields;
  const jobdeck = (metadata.jobdeck ?? { version: JOBDECK_METADATA_VERSION }) as Fields;
  const imported = (jobdeck.imported ?? {}) as Fields;
  let name = key;
  for (let n = 2; Object.hasOwn(imported, name); n++) name = `${key}_${n}`;
  document.metadata = { ...metadata, jobdeck: { ...jobdeck, imported: { ...imported, [name]: value } } };
  return name;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
