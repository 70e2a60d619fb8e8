/** A delivery of a callback as the history keeps it: the log that the runner tells, and what the lists need. */
import type { Delivery, DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { wordsOf } from './words.ts';

export interface DeliveryRow {
  /** Ids are in the order of time, so that new rows come at the end of the table. */
  id: DeliveryId;
  jobId: JobId;
  /** As the job was called when it was handed over: the list shows it and is searched for it. */
  jobName: string;
  state: DeliveryState;
  /** `example.org:8443`; '' where the URL is none. */
  host: string;
  updatedAtMs: number;
  /** Lower-cased, accent-folded words of the job's name, the URL and the ids: a multiEntry index for prefix search. */
  words: string[];
  /** The newest event applied: an older one changes nothing. */
  journalId: string;
  seq: number;
  /** The restore that brought it, until the runner tells of it; absent where none did. */
  importId?: string;
  delivery: Delivery;
}

/** What the delivery does not say of itself. */
export type DeliveryFacts = Pick<DeliveryRow, 'jobName' | 'journalId' | 'seq' | 'importId'>;

/** Each is an index entry. */
const MAX_WORDS = 32;

export function toDeliveryRow(delivery: Delivery, facts: DeliveryFacts): DeliveryRow {
  const { id, jobId, state, url, updatedAt } = delivery;
  const words = [id.toLowerCase(), jobId.toLowerCase(), ...wordsOf(facts.jobName), ...wordsOf(url)];
  return {
    id,
    jobId,
    jobName: facts.jobName,
    state,
    host: hostOf(url),
    updatedAtMs: Date.parse(updatedAt),
    words: [...new Set(words)].slice(0, MAX_WORDS),
    journalId: facts.journalId,
    seq: facts.seq,
    ...(facts.importId !== undefined && { importId: facts.importId }),
    delivery,
  };
}

/** `example.org:8443`, without the port where it is the scheme's own; '' for what is no URL. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
