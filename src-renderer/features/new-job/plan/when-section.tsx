import { Segmented } from '../../../components/segmented/segmented.tsx';
import { whenSummary } from '../draft/summaries.ts';
import { type WhenMode, whenModeChange, whenModeOf } from '../draft/when.ts';
import { useDraftForm } from '../draft-context.tsx';
import { TimeField } from '../fields/time-field.tsx';
import { Section } from '../section.tsx';
import styles from './plan.module.css';
import { ScheduleFields } from './schedule-fields.tsx';

const JOBDECK = '/metadata/jobdeck';
const PATHS = ['not_before', 'deadline', 'schedule'].map((key) => `${JOBDECK}/${key}`);
const MODES: readonly { value: WhenMode; label: string }[] = [
  { value: 'now', label: 'Now' },
  { value: 'later', label: 'Not before a time' },
  { value: 'schedule', label: 'By a schedule' },
];

/** When it runs, and until when it may start. */
export function WhenSection() {
  const { form, onChange, errorAt } = useDraftForm();
  const mode = whenModeOf(form);
  return (
    <Section title="When" summary={whenSummary(form)} paths={PATHS}>
      <div>
        <Segmented
          label="When it runs"
          value={mode}
          options={MODES}
          onChange={(to) => onChange(whenModeChange(to, Date.now()))}
        />
      </div>
      {mode === 'schedule' ? <ScheduleFields /> : null}
      <div className={styles.two}>
        {mode === 'now' ? null : (
          <TimeField
            label={mode === 'schedule' ? 'First run not before' : 'Not before'}
            value={form.notBefore}
            required={mode === 'later'}
            error={errorAt(`${JOBDECK}/not_before`)}
            onChange={(notBefore) => onChange({ notBefore })}
          />
        )}
        <TimeField
          label="Deadline"
          hint="Not started by then, it expires."
          value={form.deadline}
          error={errorAt(`${JOBDECK}/deadline`)}
          onChange={(deadline) => onChange({ deadline })}
        />
      </div>
    </Section>
  );
}
