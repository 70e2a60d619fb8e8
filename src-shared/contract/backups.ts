/** Backups of the history: whole, in one file each, written by the main process. */
import type { Delivery } from '../callback/delivery.ts';
import type { BatchJob } from '../job/batch-job.ts';

/** Why a backup was made: on the schedule, by hand, before a newer version changes the history, before a restore. */
export const BACKUP_REASONS = ['schedule', 'manual', 'migration', 'restore'] as const;
export type BackupReason = (typeof BACKUP_REASONS)[number];

export const MAX_BACKUP_HOURS = 24 * 90;
export const MAX_BACKUPS_KEPT = 100;

export const BACKUP_KINDS = ['job', 'delivery', 'view'] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];
export type BackupCounts = Record<BackupKind, number>;

/** A line of a backup. What is in the trash is not backed up; an import can not be undone from a backup. */
export type BackupRecord =
  | {
      kind: 'job';
      job: BatchJob;
      origin: 'author' | 'imported';
      approvedAtMs: number | null;
      journalId: string | null;
      seq: number;
    }
  | { kind: 'delivery'; delivery: Delivery; jobName: string; journalId: string; seq: number }
  /** A saved view, as the window keeps it. */
  | { kind: 'view'; view: object };

/** A file in the folder of backups. */
export interface BackupFile {
  /** Without the folder. */
  name: string;
  /** RFC 3339. */
  createdAt: string;
  reason: BackupReason;
  sizeBytes: number;
  /** Up to when the history was seen to be what is in it; RFC 3339, `createdAt` or later. */
  currentAt: string;
}

export interface BackupList {
  folder: string;
  /** Newest first. */
  backups: BackupFile[];
}

/** What came of reading a backup through. */
export interface BackupCheck {
  name: string;
  checkedAt: string;
  /** Null where it can't be read. */
  counts: BackupCounts | null;
  /** What is wrong with it, and what to do. */
  problem: string | null;
}

export interface BackupMade {
  /** The one that has the history as it is now. */
  backup: BackupFile;
  /** Nothing had changed since that one, so that no other was made. */
  isUnchanged: boolean;
  check: BackupCheck;
}

export interface BackupOpened {
  openId: string;
  name: string;
  sizeBytes: number;
}

export interface BackupContents {
  createdAt: string;
  /** Of the Jobdeck that made it. */
  appVersion: string;
  counts: BackupCounts;
  /**
   * Made from this data directory, and unchanged since. Of any other, nothing that has not run yet is taken to be
   * written or approved by the person.
   */
  isOwn: boolean;
  /** Lines that are not what they should be, and the first of what is wrong with them. */
  unreadable: number;
  firstProblem: string | null;
}

/** A backup that was opened, while it is read through and once it is. */
export type BackupReading =
  | { state: 'reading'; bytesRead: number }
  | { state: 'read'; contents: BackupContents }
  | { state: 'failed'; problem: string };
