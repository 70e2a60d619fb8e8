import { planTime } from '../../../words/time-words.ts';
import { useDraftForm } from '../draft-context.tsx';
import { useReportUnfinished } from '../fields/unfinished.tsx';
import styles from './plan.module.css';
import { useScheduleTimes } from './use-schedule-times.ts';

/** When the schedule comes to run next, or why it never does. */
export function NextTimes() {
  const { form } = useDraftForm();
  const { times, problem } = useScheduleTimes(form);
  useReportUnfinished(problem === null ? undefined : `Schedule: ${problem}`);
  if (problem !== null) {
    return (
      <p className={styles.problem} role="status">
        {problem}
      </p>
    );
  }
  return (
    <div className={styles.next} role="status">
      <span className={styles.nextLabel}>Next runs</span>
      <ol className={styles.times}>
        {times.map((time) => (
          <li key={time}>{planTime(time, form.timeZone || undefined)}</li>
        ))}
      </ol>
    </div>
  );
}
