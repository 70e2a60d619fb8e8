/** What batches came to, written to files that a person chose. */
import { readFile, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { AppError, assertNever } from '#shared/app-error.ts';
import type { ExportReport, ItemExportFormat } from '#shared/contract/exports.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import type { ItemStore } from '../../core/ports.ts';
import { writeOpenAiBatchResults } from '../openai-batch/write-openai-batch.ts';
import { writeItemCsv } from './item-csv.ts';
import { writeItemResults } from './item-results.ts';
import type { LineOptions } from './line-files.ts';
import { type ItemOutcome, mergeChain } from './merge-chain.ts';

const PAGE = 500;
/** A longer answer is not put together in memory for one line of a file. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

export interface ItemExport {
  /** A batch, or the chain of its re-runs from the first to the last. */
  jobIds: readonly JobId[];
  format: ItemExportFormat;
  /** Absolute. */
  path: string;
  /** Absolute: where the error file of an OpenAI batch goes; beside `path` where absent. */
  errorPath?: string;
}

export interface ItemExportSources {
  items: Pick<ItemStore, 'page' | 'isLoaded'>;
  /** The path of an output file that exists, or null. */
  outputPath: (ref: {
    jobId: JobId;
    item: number;
    attempt: number;
    stream: 'stdout';
  }) => Promise<string | null>;
}

/**
 * Writes the newest result of each item; the files are whole or as they were before.
 * @throws AppError `not-found` where the items of a batch are no longer kept, `io`, `disk-full`; what the signal says
 */
export async function exportItems(
  { jobIds, format, path, errorPath = errorPathOf(path) }: ItemExport,
  { items, outputPath }: ItemExportSources,
  options: LineOptions = {},
): Promise<ExportReport> {
  const missing = jobIds.find((id) => !items.isLoaded(id));
  if (missing !== undefined) {
    throw new AppError('not-found', `Expected the items of ${missing} to be kept, they are not.`);
  }
  const outcomes = mergeChain(
    jobIds.map((jobId) => ({ jobId, readPage: (after) => items.page(jobId, null, after, PAGE) })),
  );
  switch (format) {
    case 'ndjson':
    case 'csv': {
      const write = format === 'csv' ? writeItemCsv : writeItemResults;
      const { counts, sizeBytes } = await write(outcomes, path, options);
      return { paths: [path], count: counts[0] ?? 0, files: 0, sizeBytes };
    }
    case 'openai-batch': {
      const paths = { outputPath: path, errorPath };
      const readBody = (outcome: ItemOutcome) => wholeBody(outcome, outputPath);
      const { output, errors, sizeBytes } = await writeOpenAiBatchResults(outcomes, paths, readBody, options);
      return { paths: [path, errorPath], count: output + errors, files: 0, sizeBytes };
    }
    default:
      return assertNever(format);
  }
}

/** `answers.jsonl` has its errors in `answers.errors.jsonl`, and `answers.jsonl.gz` in `answers.errors.jsonl.gz`. */
export function errorPathOf(path: string): string {
  const { dir, base } = parse(path);
  const [, name = base, extension = ''] = /^(.+?)((?:\.[^.]+)?(?:\.gz)?)$/u.exec(base) ?? [];
  return join(dir, `${name}.errors${extension}`);
}

/**
 * The embeddings that were too long for the record: of them alone stdout holds the JSON. A model's text, whatever it
 * says, is not the body of its answer.
 */
async function wholeBody(
  { jobId, record }: ItemOutcome,
  outputPath: ItemExportSources['outputPath'],
): Promise<unknown> {
  if (record.result?.finish_reason !== undefined) return undefined;
  const ref = { jobId, item: record.index, attempt: record.attempts, stream: 'stdout' } as const;
  const path = await outputPath(ref);
  if (path === null || (await stat(path)).size > MAX_BODY_BYTES) return undefined;
  const value = parsed(await readFile(path, 'utf8'));
  return isEmbeddingList(value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // No JSON, so no embeddings: the export says that the body was not kept.
    return undefined;
  }
}

function isEmbeddingList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'object' in value && value.object === 'list';
}
