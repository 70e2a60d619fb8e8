/** Searching what jobs have printed: in the runner's files, a page of jobs at a time. */
import type { JobId } from '../job/job-id.ts';
import type { OutputRef } from './output.ts';

export interface OutputSearchRequest {
  /** Given by who asks, to stop it by: a UUID. */
  searchId: string;
  /** In the order in which they are searched. */
  jobIds: JobId[];
  /** Upper and lower case of A to Z are one; colours are looked through. */
  text: string;
}

export interface OutputSearchAnswer {
  found: OutputFound[];
  /** Not searched, as the time of one answer was up or the search was stopped: to be asked for again. */
  left: JobId[];
  /** Searched up to `MAX_SEARCHED_BYTES` or `MAX_SEARCHED_FILES` with nothing found: there is more of it. */
  cut: JobId[];
}

/** The first place in a job's output. */
export interface OutputFound extends OutputRef {
  /** Of the line, or a piece of it, at the most `MAX_LINE_LENGTH` characters, without colours. */
  line: string;
}

export const MAX_SEARCHED_JOBS = 200;
export const MAX_SEARCH_LENGTH = 500;
/** Of one job. */
export const MAX_SEARCHED_BYTES = 256 * 1024 * 1024;
export const MAX_SEARCHED_FILES = 20_000;
export const MAX_LINE_LENGTH = 240;
