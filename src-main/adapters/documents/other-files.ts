/** Files of Jobdeck's own that hold no jobs, and would be read as nearly right ones. */
import { BACKUP_FORMAT } from '../backup/backup-format.ts';
import { isFields } from './repairs.ts';

const RESULT_KEYS = ['job_id', 'index', 'item', 'status', 'attempts'];
const REPORT_KEYS = ['file', 'line', 'id', 'errors'];

/** What a file is instead of jobs, told by its first value; null where it may be jobs. */
export function otherFile(first: unknown): string | null {
  if (!isFields(first)) return null;
  if (first.format === BACKUP_FORMAT)
    return 'Expected jobs, got a backup: restore it in the settings, under History.';
  if (hasAll(first, RESULT_KEYS)) return "Expected jobs, got the results of a batch's items.";
  return hasAll(first, REPORT_KEYS) ? 'Expected jobs, got the report of an import.' : null;
}

/** Of a job's own properties none but `id` and `status` is in these. */
function hasAll(value: Record<string, unknown>, keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(value, key)) && !Object.hasOwn(value, 'created_at');
}
