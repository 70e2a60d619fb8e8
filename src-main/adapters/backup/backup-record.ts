/** A line of a backup, taken for what it should be only once it is known to be that. */
import type { BackupRecord } from '#shared/contract/backups.ts';
import { isDelivery, isJob } from '../validators/index.ts';
import { isRecord } from './backup-format.ts';

/** The record, or in a few words what is wrong with it. */
export function toBackupRecord(value: unknown): BackupRecord | string {
  if (!isRecord(value)) return 'it is no JSON object';
  switch (value.kind) {
    case 'job':
      return toJob(value);
    case 'delivery':
      return toDelivery(value);
    case 'view':
      return isRecord(value.view) ? { kind: 'view', view: value.view } : 'its view is none';
    default:
      return 'it is of a kind that this version does not know';
  }
}

function toJob({
  job,
  origin,
  approvedAtMs,
  journalId,
  seq,
}: Record<string, unknown>): BackupRecord | string {
  if (!isJob(job)) return 'its job is not valid';
  return {
    kind: 'job',
    job,
    origin: origin === 'author' ? 'author' : 'imported',
    approvedAtMs: typeof approvedAtMs === 'number' ? approvedAtMs : null,
    journalId: typeof journalId === 'string' ? journalId : null,
    seq: toSeq(seq),
  };
}

function toDelivery({ delivery, jobName, journalId, seq }: Record<string, unknown>): BackupRecord | string {
  if (!isDelivery(delivery)) return 'its delivery is not valid';
  return {
    kind: 'delivery',
    delivery,
    jobName: typeof jobName === 'string' ? jobName : delivery.jobId,
    journalId: typeof journalId === 'string' ? journalId : '',
    seq: toSeq(seq),
  };
}

function toSeq(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : 0;
}
