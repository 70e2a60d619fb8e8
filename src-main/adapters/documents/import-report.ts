/** Files that say of documents why they do not come in. */
import type { DocumentProblem, DocumentRepair, RepairKind } from '#shared/contract/documents.ts';
import { openReplacement, type ReplacementOptions } from './replacement-file.ts';
import type { ToldDocument } from './spool-pages.ts';

/**
 * Writes a line of JSON for each document: `{file, line, id, errors}`. The file is whole or as it was before.
 * @param path absolute
 * @param refused repairs that count as errors
 * @returns how many
 * @throws AppError `io`, `disk-full`
 */
export async function writeImportReport(
  path: string,
  refused: readonly RepairKind[],
  pages: AsyncIterable<readonly ToldDocument[]>,
  options: ReplacementOptions = {},
): Promise<number> {
  const file = await openReplacement(path, options);
  let count = 0;
  try {
    for await (const documents of pages) {
      const lines = documents.map((document) => `${JSON.stringify(reportLine(document, refused))}\n`);
      await file.write(lines.join(''));
      count += lines.length;
    }
  } catch (error) {
    await file.cancel();
    throw error;
  }
  await file.finish();
  return count;
}

function reportLine({ file, line, id, errors, repairs }: ToldDocument, refused: readonly RepairKind[]) {
  return { file, line, id, errors: [...errors, ...refusals(repairs, refused)] };
}

/** Those repairs that are refused, as what is wrong. */
export function refusals(
  repairs: readonly DocumentRepair[],
  refused: readonly RepairKind[],
): DocumentProblem[] {
  return repairs
    .filter(({ kind }) => refused.includes(kind))
    .map(({ path, message }) => ({ path, message: `Expected it without this repair: ${message}` }));
}
