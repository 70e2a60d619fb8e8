/** Results of items as NDJSON: what `run --results` writes and the window exports. */
import { type LineOptions, type WrittenLines, writeLines } from './line-files.ts';
import type { ItemOutcome } from './merge-chain.ts';

/** One line, without its line break. The same result always gives the same bytes. */
export function itemResultLine({ jobId, record }: ItemOutcome): string {
  const { index, item, status, attempts, duration_ns, ttft_ns, result, error } = record;
  return JSON.stringify({
    job_id: jobId,
    index,
    item,
    status,
    attempts,
    duration_ns,
    ttft_ns,
    result,
    error,
  });
}

/**
 * One line an item. The file is whole or as it was before.
 * @param path absolute
 * @throws as `writeLines`
 */
export function writeItemResults(
  outcomes: AsyncIterable<ItemOutcome>,
  path: string,
  options: LineOptions = {},
): Promise<WrittenLines> {
  return writeLines(
    [path],
    outcomes,
    (outcome) => ({ to: 0, text: `${itemResultLine(outcome)}\n` }),
    options,
  );
}
