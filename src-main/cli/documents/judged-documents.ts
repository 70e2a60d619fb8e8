/** What an import would say of each document of the files of a command. */
import { randomUUID } from 'node:crypto';
import { type CheckedDocument, type DocumentProblem, REPAIR_KINDS } from '#shared/contract/documents.ts';
import { checkedDocuments, type ReadDocument } from '../../adapters/documents/checked-documents.ts';
import type { DocumentSource } from '../../adapters/documents/document-source.ts';
import type { IdRegister } from '../../adapters/documents/id-register.ts';
import { refusals } from '../../adapters/documents/import-report.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';

export interface JudgedDocument extends ReadDocument {
  /** All that is wrong; where repairs are refused, what they would change. */
  errors: readonly DocumentProblem[];
  /** Whether an import takes it, repaired or as it is. */
  comesIn: boolean;
}

export interface JudgingOptions {
  /** What documents without `created_at` get, RFC 3339: the present where absent. */
  now?: string;
  /** Refuses what would have to be repaired. */
  isStrict: boolean;
  /** Whether what was queued or running elsewhere becomes `created`, as in an import. */
  settles: boolean;
  ids: IdRegister;
}

/** Some at a time, in the order of the files. */
export async function* judgedDocuments(
  sources: readonly DocumentSource[],
  { now = SYSTEM_CLOCK.now(), isStrict, settles, ids }: JudgingOptions,
): AsyncGenerator<JudgedDocument[]> {
  const origin = { now, uuid: randomUUID, by: null };
  const judge = (read: ReadDocument): JudgedDocument => {
    const { checked } = read;
    const refused = isStrict ? refusals(checked.repairs, REPAIR_KINDS) : [];
    const second = checked.job === null ? [] : secondProblem(checked, ids);
    const comesIn = checked.job !== null && refused.length + second.length === 0;
    return { ...read, errors: [...checked.errors, ...refused, ...second], comesIn };
  };
  for (const source of sources) {
    for await (const found of checkedDocuments(source, origin, { settles })) yield found.map(judge);
  }
}

function secondProblem({ id, file, line }: CheckedDocument, ids: IdRegister): DocumentProblem[] {
  const first = id === null ? null : ids.firstPlace(id, `${file}:${line}`);
  if (first === null) return [];
  return [
    { path: '/id', message: `Expected each id once, got ${JSON.stringify(id)} again (first at ${first}).` },
  ];
}

/** `file:line: path: sentence`. */
export function problemWords({ file, line }: CheckedDocument, { path, message }: DocumentProblem): string {
  return `${file}:${line}: ${path === '' ? '' : `${path}: `}${message}`;
}
