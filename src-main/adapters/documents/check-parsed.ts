/** What the application says of a document from outside: valid, repairable, or wrong and why. */
import type { CheckedDocument, DocumentProblem, DocumentRepair } from '#shared/contract/documents.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { completeDocument, type Origin } from '#shared/job/new-job.ts';
import { checkDocument } from '../validators/index.ts';
import { oddText } from './odd-text.ts';
import type { ParsedDocument } from './parse-document.ts';
import { isFields, repair, settle } from './repairs.ts';

export interface CheckOptions {
  /** Whether what was queued or running elsewhere comes in as `created`; true where absent. */
  settles?: boolean;
}

/**
 * Checks one document of `file`. `valid` and `errors` are about the document as it is; `repairs` is all that an
 * import would change, and `job` what it would become.
 */
export function checkParsed(
  parsed: ParsedDocument,
  file: string,
  origin: Origin,
  options: CheckOptions = {},
): CheckedDocument {
  const { index, line, value } = parsed;
  const id = isFields(value) && typeof value.id === 'string' ? value.id : null;
  const where = { file, line, index, id };
  const lost = parsed.hasOddText ? [...parsed.problems, ...oddText(value)] : parsed.problems;
  const errors = [...lost, ...(value === undefined ? [] : checkDocument(value))];
  // What was lost in reading can't be repaired.
  if (lost.length > 0 || !isFields(value)) {
    return { ...where, valid: false, errors, repairs: [], job: null };
  }
  const outcome = imported(value, origin, errors, options);
  const repairs = outcome.job === null ? [] : [...transcoded(parsed), ...parsed.repairs, ...outcome.repairs];
  return { ...where, valid: errors.length === 0, errors, repairs, job: outcome.job };
}

function imported(
  value: Record<string, unknown>,
  origin: Origin,
  errors: readonly DocumentProblem[],
  { settles = true }: CheckOptions,
): Pick<CheckedDocument, 'job' | 'repairs'> {
  const mended = repair(value, errors.length === 0);
  if (settles) settle(mended);
  const { document, repairs } = mended;
  const isRight = repairs.length === 0 ? errors.length === 0 : checkDocument(document).length === 0;
  if (!isRight) return { job: null, repairs: [] };
  const job = completeDocument(document as BatchJobDocument, origin);
  return { job, repairs: [...repairs, ...given(document, job)] };
}

function given(document: BatchJobDocument, job: { id: string; created_at: string }): DocumentRepair[] {
  const repairs: DocumentRepair[] = [];
  if (document.id === undefined) {
    repairs.push({
      kind: 'given',
      path: '/id',
      message: `Gave it the new id "${job.id}", since it has none.`,
    });
  }
  if (document.created_at === undefined) {
    const message = `Gave it the time of the import, "${job.created_at}", since it does not say when it was created.`;
    repairs.push({ kind: 'given', path: '/created_at', message });
  }
  return repairs;
}

/** JSON that is passed on is in UTF-8 (RFC 8259, section 8.1). */
function transcoded({ encoding }: ParsedDocument): DocumentRepair[] {
  if (encoding === 'utf-8') return [];
  return [
    { kind: 'encoding', path: '', message: `Read it as ${encoding.toUpperCase()}, where JSON is UTF-8.` },
  ];
}
