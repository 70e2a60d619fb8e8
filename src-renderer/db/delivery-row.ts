/** A delivery of a callback as the history keeps it: the log that the runner tells, and what the lists need. */
import type { Delivery, DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';

export interface DeliveryRow {
  /** Ids are in the order of time, so that new rows come at the end of the table. */
  id: DeliveryId;
  jobId: JobId;
  state: DeliveryState;
  /** `example.org:8443`; '' where the URL is none. */
  host: string;
  updatedAtMs: number;
  /** The newest event applied: an older one changes nothing. */
  journalId: string;
  seq: number;
  delivery: Delivery;
}
