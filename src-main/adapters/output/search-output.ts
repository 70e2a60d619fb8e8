/** Searching the output of jobs: streamed, bounded in time and size, and to be stopped at any moment. */
import type { OutputFound, OutputSearchAnswer, OutputSearchRequest } from '#shared/contract/output-search.ts';
import { MAX_SEARCHED_BYTES, MAX_SEARCHED_FILES } from '#shared/contract/output-search.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { findInFile } from './find-in-file.ts';
import { outputFilesOf } from './output-files.ts';

export interface OutputSearch {
  /** Answers after about `ANSWER_AFTER_MS`, and after one job at the least. */
  search(request: OutputSearchRequest): Promise<OutputSearchAnswer>;
  /** Ends a search; one that is not under way is none to end. */
  stop(searchId: string): void;
}

export interface OutputSearchOptions {
  /** Milliseconds of a clock that does not go back. */
  now: () => number;
  maxBytes?: number;
  maxFiles?: number;
}

const ANSWER_AFTER_MS = 250;

/** @param dataDirectory where the output is, in its folder `output` */
export function createOutputSearch(
  dataDirectory: string,
  { now, maxBytes = MAX_SEARCHED_BYTES, maxFiles = MAX_SEARCHED_FILES }: OutputSearchOptions,
): OutputSearch {
  const running = new Map<string, AbortController>();

  const searchJob = async (
    jobId: JobId,
    text: string,
    signal: AbortSignal,
  ): Promise<OutputFound | null | 'cut'> => {
    let bytesLeft = maxBytes;
    let filesLeft = maxFiles;
    for await (const { ref, path } of outputFilesOf(dataDirectory, jobId)) {
      if (signal.aborted) return null;
      if (bytesLeft <= 0 || filesLeft <= 0) return 'cut';
      const { line, bytesRead } = await findInFile(path, text, { maxBytes: bytesLeft, signal });
      if (line !== null) return { ...ref, line };
      bytesLeft -= bytesRead;
      filesLeft -= 1;
    }
    return bytesLeft <= 0 ? 'cut' : null;
  };

  return {
    async search({ searchId, jobIds, text }) {
      const controller = new AbortController();
      running.set(searchId, controller);
      const answer: OutputSearchAnswer = { found: [], left: [], cut: [] };
      const end = now() + ANSWER_AFTER_MS;
      try {
        for (const [index, jobId] of jobIds.entries()) {
          const found = await searchJob(jobId, text, controller.signal);
          if (controller.signal.aborted) return { ...answer, left: jobIds.slice(index) };
          if (found === 'cut') answer.cut.push(jobId);
          else if (found !== null) answer.found.push(found);
          if (now() >= end) return { ...answer, left: jobIds.slice(index + 1) };
        }
        return answer;
      } finally {
        if (running.get(searchId) === controller) running.delete(searchId);
      }
    },
    stop: (searchId) => running.get(searchId)?.abort(),
  };
}
