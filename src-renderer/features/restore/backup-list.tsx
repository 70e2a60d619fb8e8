import { useEffect, useState } from 'react';
import type { BackupFile, BackupOpened } from '#shared/contract/backups.ts';
import type { Result } from '#shared/contract/result.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { formatBytes } from '../../components/format/bytes.ts';
import { formatAgo, formatExact } from '../../components/format/relative-time.ts';
import { useNow } from '../../components/format/use-now.ts';
import { IconFolderOpen } from '../../components/icons.ts';
import { useServices } from '../../services/services.tsx';
import { BACKUP_REASON_WORDS, backupTime } from '../../words/backup-words.ts';
import styles from './backup-list.module.css';

/** The backups there are, the newest first; or a file from elsewhere. */
export function BackupList(props: {
  problem: string | null;
  onOpen: (ask: () => Promise<Result<BackupOpened | null>>) => void;
}) {
  const { problem, onOpen } = props;
  const { api } = useServices();
  const [backups, setBackups] = useState<BackupFile[] | null>(null);
  const [listProblem, setListProblem] = useState<string | null>(null);
  const now = useNow(15_000);
  useEffect(() => {
    let isGone = false;
    void api.listBackups().then((answer) => {
      if (isGone) return;
      if (answer.ok) setBackups(answer.value.backups);
      else setListProblem(answer.error.message);
    });
    return () => {
      isGone = true;
    };
  }, [api]);
  const sentence = problem ?? listProblem;

  return (
    <>
      {sentence === null ? null : <Banner tone="bad">{sentence}</Banner>}
      {backups?.length === 0 ? <p className={styles.note}>There is no backup yet.</p> : null}
      <ul className={styles.list} aria-label="Backups">
        {backups?.map(({ name, createdAt, reason, sizeBytes }) => (
          <li key={name} className={styles.backup}>
            <time dateTime={createdAt} title={formatExact(Date.parse(createdAt))}>
              {backupTime(createdAt)}
            </time>
            <span className={styles.quiet}>{formatAgo(Date.parse(createdAt), now)}</span>
            <span className={styles.quiet}>{BACKUP_REASON_WORDS[reason]}</span>
            <span className={styles.size}>{formatBytes(sizeBytes)}</span>
            <Button
              aria-label={`Look into the backup of ${backupTime(createdAt)}`}
              onClick={() => onOpen(() => api.openBackup({ name }))}
            >
              Look into it
            </Button>
          </li>
        ))}
      </ul>
      <Button
        className={styles.file}
        icon={<IconFolderOpen size={16} stroke={1.75} />}
        onClick={() => onOpen(() => api.chooseBackup())}
      >
        Choose a file…
      </Button>
    </>
  );
}
