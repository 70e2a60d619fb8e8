/** Backups kept in memory, and output that is nothing but its size. */
import { AppError } from '#shared/app-error.ts';
import {
  BACKUP_KINDS,
  type BackupCheck,
  type BackupCounts,
  type BackupFile,
  type BackupKind,
  type BackupList,
  type BackupMade,
  type BackupOpened,
  type BackupReading,
  type BackupReason,
  type BackupRecord,
} from '#shared/contract/backups.ts';
import type { RequestOf, ResponseOf } from '#shared/contract/channels.ts';
import type { JobId } from '#shared/job/job-id.ts';

export interface FakeBackup {
  file: BackupFile;
  records: BackupRecord[];
  isOwn: boolean;
  /** What is wrong with it. */
  problem: string | null;
}

export class FakeBackups {
  /** Newest last. */
  readonly kept: FakeBackup[] = [];
  /** The output that jobs have, in bytes. */
  readonly outputBytes = new Map<JobId, number>();
  /** Jobs whose output the runner still writes. */
  readonly active = new Set<JobId>();
  /** What the dialog answers: null is a dialog that was closed. */
  chosen: FakeBackup | null = null;
  nowMs = () => Date.now();
  #writing: { writeId: string; reason: BackupReason; records: BackupRecord[] } | null = null;
  readonly #open = new Map<string, FakeBackup>();

  list(): BackupList {
    return {
      folder: '/home/you/.local/share/jobdeck/backups',
      backups: this.kept.map(({ file }) => file).reverse(),
    };
  }

  begin(reason: BackupReason): { writeId: string } {
    this.#writing = { writeId: crypto.randomUUID(), reason, records: [] };
    return { writeId: this.#writing.writeId };
  }

  write(writeId: string, records: readonly BackupRecord[]): void {
    this.#current(writeId).records.push(...records);
  }

  finish(writeId: string): BackupMade {
    const { reason, records } = this.#current(writeId);
    this.#writing = null;
    const newest = this.kept.at(-1);
    const now = new Date(this.nowMs()).toISOString();
    if (newest !== undefined && JSON.stringify(newest.records) === JSON.stringify(records)) {
      newest.file = { ...newest.file, currentAt: now };
      return { backup: newest.file, isUnchanged: true, check: this.check(newest.file.name) };
    }
    const { file } = this.add(records, { reason, createdAt: now, currentAt: now });
    return { backup: file, isUnchanged: false, check: this.check(file.name) };
  }

  cancel(writeId: string): void {
    if (this.#writing?.writeId === writeId) this.#writing = null;
  }

  /** A backup that is there already. */
  add(records: BackupRecord[], change: Partial<BackupFile> = {}, isOwn = true): FakeBackup {
    const createdAt = change.createdAt ?? new Date(this.nowMs()).toISOString();
    const reason = change.reason ?? 'schedule';
    const name = `jobdeck-${createdAt.replace(/\.\d+/u, '').replaceAll(/[-:]/gu, '')}-${reason}-${String(this.kept.length).padStart(16, '0')}.ndjson.gz`;
    const sizeBytes = 300 + records.length * 310;
    const backup: FakeBackup = {
      file: { name, createdAt, reason, sizeBytes, currentAt: createdAt, ...change },
      records,
      isOwn,
      problem: null,
    };
    this.kept.push(backup);
    return backup;
  }

  check(name: string): BackupCheck {
    const { records, problem } = this.#named(name);
    const counts = problem === null ? countsOf(records) : null;
    return { name, checkedAt: new Date(this.nowMs()).toISOString(), counts, problem };
  }

  open(name: string): BackupOpened {
    return this.#opened(this.#named(name));
  }

  choose(): BackupOpened | null {
    return this.chosen && this.#opened(this.chosen);
  }

  reading(openId: string): BackupReading {
    const { file, records, isOwn, problem } = this.#of(openId);
    if (problem !== null) return { state: 'failed', problem };
    const contents = { createdAt: file.createdAt, appVersion: '0.1.0', counts: countsOf(records), isOwn };
    return { state: 'read', contents: { ...contents, unreadable: 0, firstProblem: null } };
  }

  page({ openId, kind, after, limit }: RequestOf<'backup:page'>): ResponseOf<'backup:page'> {
    const all = this.#of(openId).records.filter((record) => record.kind === kind);
    const records = all.slice(after + 1, after + 1 + limit);
    const last = after + records.length;
    return { records, next: last + 1 < all.length ? last : null };
  }

  lacking(openId: string, ids: readonly JobId[]): JobId[] {
    const known = new Set(this.#of(openId).records.map((record) => record.kind === 'job' && record.job.id));
    return ids.filter((id) => !known.has(id));
  }

  close(openId: string): void {
    this.#open.delete(openId);
  }

  dropOutput(ids: readonly JobId[]): { refused: JobId[] } {
    const refused = ids.filter((id) => this.active.has(id));
    for (const id of ids) if (!refused.includes(id)) this.outputBytes.delete(id);
    return { refused };
  }

  #opened(backup: FakeBackup): BackupOpened {
    const openId = crypto.randomUUID();
    this.#open.set(openId, backup);
    return { openId, name: backup.file.name, sizeBytes: backup.file.sizeBytes };
  }

  #current(writeId: string) {
    if (this.#writing?.writeId === writeId) return this.#writing;
    throw new AppError('not-found', 'Expected a backup that is being written, got one that was given up.');
  }

  #named(name: string): FakeBackup {
    const found = this.kept.find(({ file }) => file.name === name);
    if (found !== undefined) return found;
    throw new AppError('not-found', `The backup ${name} is not there any more. Choose another one.`);
  }

  #of(openId: string): FakeBackup {
    const found = this.#open.get(openId);
    if (found !== undefined) return found;
    throw new AppError('not-found', 'Expected a backup that is open, got one that was closed.');
  }
}

function countsOf(records: readonly BackupRecord[]): BackupCounts {
  const count = (wanted: BackupKind) => records.filter(({ kind }) => kind === wanted).length;
  return Object.fromEntries(BACKUP_KINDS.map((kind) => [kind, count(kind)])) as BackupCounts;
}
