import { useLiveQuery } from 'dexie-react-hooks';
import { parseJobId } from '#shared/job/job-id.ts';
import { jobById } from '../../../db/queries.ts';
import { useServices } from '../../../services/services.tsx';
import { useView } from '../../../store/view-store.ts';
import styles from './overview.module.css';

/** The earlier job that this one repeats, with a way there while the history has it. */
export function RerunOf({ id }: { id: string }) {
  const { db } = useServices();
  const showJob = useView((view) => view.showJob);
  const jobId = parseJobId(id);
  const earlier = useLiveQuery(() => (jobId === null ? undefined : jobById(db, jobId)), [db, jobId]);
  return (
    <p className={styles.rerun}>
      <span className={styles.rerunLabel}>Repeats</span>
      {earlier && earlier.bucket !== 'trash' ? (
        <button type="button" className={styles.link} onClick={() => showJob(earlier.id)}>
          An earlier run of {earlier.name}
        </button>
      ) : (
        <span>A job that is no longer in the history</span>
      )}
    </p>
  );
}
