import { useMemo } from 'react';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { expandTask } from '#shared/job/template/index.ts';
import { FactList } from '../../../components/fact-list/fact-list.tsx';
import { useServices } from '../../../services/services.tsx';
import { useProfiles } from '../../../services/use-profiles.ts';
import { taskFacts } from '../../../words/task-facts.ts';
import styles from './first-item.module.css';
import { usePreview } from './preview-context.tsx';

/** What the first item of a batch would run, exactly: the command or request with everything filled in. */
export function FirstItem({ job }: { job: BatchJob | null }) {
  const { info } = useServices();
  const { items } = usePreview();
  const { profiles } = useProfiles();
  const [first] = items;
  const task = job === null ? undefined : jobdeckOf(job)?.task;
  const expansion = useMemo(
    () =>
      task === undefined || first === undefined
        ? null
        : expandTask(task, {
            item: { index: first.index, value: first.item },
            // A secret is filled in when the job runs, and never shown.
            secret: () => null,
            shell: info.platform === 'win32' ? 'cmd' : 'posix',
          }),
    [task, first, info.platform],
  );
  return (
    <section className={styles.first} aria-label="The first item, as it would run">
      <h3 className={styles.heading}>First item, as it would run</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
      <div className={styles.content} tabIndex={0}>
        {job === null || expansion === null ? (
          <p className={styles.note}>
            {first === undefined ? 'Shown once there is an item.' : 'Shown once the task is whole.'}
          </p>
        ) : 'error' in expansion ? (
          <p className={styles.problem}>{expansion.error.message}</p>
        ) : (
          <FactList facts={taskFacts(withTask(job, expansion.task), profiles === null ? {} : { profiles })} />
        )}
      </div>
    </section>
  );
}

/** The task alone is shown here: what else the job asks for is beside. */
function withTask(job: BatchJob, task: NonNullable<ReturnType<typeof jobdeckOf>>['task']): BatchJob {
  return {
    ...job,
    callback_url: null,
    metadata: { jobdeck: { version: 1, ...(task !== undefined && { task }) } },
  };
}
