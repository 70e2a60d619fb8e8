/** Items of batches, and the files that a task or its items name. */
import type { ItemRecord, ItemStatus, ItemStatusCounts } from '../job/items.ts';
import type { JobId } from '../job/job-id.ts';

export interface ItemPageRequest {
  jobId: JobId;
  status: ItemStatus | null;
  /** The index after which the page begins; null for the first one. */
  after: number | null;
  limit: number;
}

export interface ItemPage {
  items: ItemRecord[];
  next: number | null;
  counts: ItemStatusCounts;
}

export const FILE_CHOICES = ['items', 'openai-batch', 'directory', 'program'] as const;
export type FileChoice = (typeof FILE_CHOICES)[number];

export interface ItemPreview {
  items: { index: number; item: unknown }[];
  /** Null where it is not known without reading it all. */
  total: number | null;
  problem: string | null;
}

/** What an OpenAI Batch input file asks for. */
export interface OpenAiBatchFile {
  path: string;
  requests: number;
  /** The one endpoint of all its lines, such as `chat/completions`; null where a line is wrong. */
  endpoint: string | null;
  models: string[];
  /** The first of what is wrong, with its line. */
  problems: { line: number; message: string }[];
}
