import type { BackupCheck } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { formatBytes } from '../../../components/format/bytes.ts';
import { formatAgo, formatExact } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { IconAlertTriangle, IconCircleCheck, IconFolderOpen } from '../../../components/icons.ts';
import { ProgressBar } from '../../../components/progress-bar/progress-bar.tsx';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';
import { useDialog } from '../../../store/dialog-store.ts';
import { BACKUP_REASON_WORDS, backupCountWords, backupTime } from '../../../words/backup-words.ts';
import { formatCount } from '../../../words/count-words.ts';
import styles from './newest-backup.module.css';
import { type NewestBackupState, useNewestBackup } from './use-newest-backup.ts';

/** Whether there is a backup that can be gone back to: when, how large, and that it can be read. */
export function NewestBackup() {
  const { newest, count, check, written, problem, backUp } = useNewestBackup();
  const open = useDialog((state) => state.open);
  return (
    <section className={styles.section} aria-label="Backups">
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <div className={styles.card}>
        <Words newest={newest} check={check} />
        <div className={styles.actions}>
          <Button busy={written !== null} onClick={() => void backUp()}>
            {written === null ? 'Back up now' : 'Backing up…'}
          </Button>
          <Button onClick={() => open({ kind: 'restore' })}>Restore…</Button>
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {written === null ? '' : 'Backing up.'}
      </p>
      <p className={styles.note}>
        {written === null ? (
          count > 1 && `${formatCount(count)} backups in all.`
        ) : (
          <>
            <ProgressBar label="Backing up" value={written} />
            {`${formatCount(written)} records written.`}
          </>
        )}
      </p>
    </section>
  );
}

function Words({ newest, check }: Pick<NewestBackupState, 'newest' | 'check'>) {
  const { api } = useServices();
  const now = useNow(15_000);
  const reveal = async (name: string) => {
    try {
      unwrap(await api.revealBackup({ name }));
    } catch (error) {
      showError('The backup could not be shown in its folder.', error);
    }
  };
  if (newest === undefined) {
    return (
      <p className={styles.none}>
        {check === 'failed' ? 'Which backups there are is not known.' : 'Looking for backups…'}
      </p>
    );
  }
  if (newest === null) {
    return (
      <div className={styles.words}>
        <p className={styles.title}>No backup yet</p>
        <p className={styles.none}>
          The first is made by itself a few minutes after there is something to keep.
        </p>
      </div>
    );
  }
  const createdAtMs = Date.parse(newest.createdAt);
  return (
    <div className={styles.words}>
      <p className={styles.title}>
        <time dateTime={newest.createdAt} title={formatExact(createdAtMs)}>
          {backupTime(newest.createdAt)}
        </time>
        <span className={styles.quiet}>
          {`${formatBytes(newest.sizeBytes)} · ${BACKUP_REASON_WORDS[newest.reason]}`}
        </span>
        <IconButton
          label="Show the backup in its folder"
          icon={<IconFolderOpen size={15} stroke={1.75} />}
          onClick={() => void reveal(newest.name)}
        />
      </p>
      {check === 'failed' ? (
        <p className={styles.quiet}>Whether it can be read is not known.</p>
      ) : (
        <CheckWords check={check?.name === newest.name ? check : null} now={now} />
      )}
    </div>
  );
}

function CheckWords({ check, now }: { check: BackupCheck | null; now: number }) {
  if (check === null) return <p className={styles.quiet}>It is being read through…</p>;
  const ago = formatAgo(Date.parse(check.checkedAt), now);
  const checked = ago === 'now' ? 'checked now' : `checked ${ago} ago`;
  return (
    <>
      {check.counts === null ? null : (
        <p className={styles.good}>
          <IconCircleCheck size={15} stroke={2} aria-hidden="true" />
          {`Can be read, ${checked}: ${backupCountWords(check.counts)}`}
        </p>
      )}
      {check.problem === null ? null : (
        <p className={styles.bad}>
          <IconAlertTriangle size={15} aria-hidden="true" />
          {check.problem}
        </p>
      )}
    </>
  );
}
