import { formatBytes } from '../../components/format/bytes.ts';
import styles from './file-list.module.css';
import type { FileListing } from './import-listing.ts';
import { countsLine } from './import-words.ts';

/** What each of several files holds. */
export function FileList({ files, isWhole }: { files: readonly FileListing[]; isWhole: boolean }) {
  return (
    <ul className={styles.files} aria-label="Files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the order stays
        <li key={index} className={styles.file}>
          <span className={styles.name} title={file.name}>
            {file.name}
          </span>
          <span className={styles.size}>{formatBytes(file.sizeBytes)}</span>
          <span className={styles.counts}>
            {file.counts.all === 0 && !isWhole ? '' : countsLine(file.counts)}
          </span>
        </li>
      ))}
    </ul>
  );
}
