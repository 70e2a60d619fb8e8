/** Pages of an import, which come as text: this reads it. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { RequestOf } from '#shared/contract/channels.ts';
import type { ImportedDocument } from '#shared/contract/documents.ts';
import { unwrap } from '#shared/contract/result.ts';
import { parseJson } from '#shared/json/parse-json.ts';

export interface ReadPage {
  documents: ImportedDocument[];
  /** `after` of the next page, null after the last that is read so far. */
  next: number | null;
}

/** @throws AppError as the application answers */
export async function readPage(
  api: Pick<JobdeckApi, 'readImport'>,
  request: RequestOf<'import:page'>,
): Promise<ReadPage> {
  const { documents, next } = unwrap(await api.readImport(request));
  return { documents: parseJson(documents) as ImportedDocument[], next };
}
