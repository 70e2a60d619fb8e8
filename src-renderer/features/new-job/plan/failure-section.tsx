import { SelectField } from '../../../components/text-field/text-field.tsx';
import { failureSummary } from '../draft/summaries.ts';
import { useDraftForm } from '../draft-context.tsx';
import { DurationField, NumberField, SizeField } from '../fields/parsed-field.tsx';
import { Section } from '../section.tsx';
import styles from './plan.module.css';
import { RetryFields } from './retry-fields.tsx';

const JOBDECK = '/metadata/jobdeck';
const PATHS = ['timeout_ms', 'kill_grace_ms', 'max_output_bytes', 'retry'].map((key) => `${JOBDECK}/${key}`);

/** How long it may take, how often it is tried, and what an interruption means. */
export function FailureSection() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <Section title="Limits and retries" summary={failureSummary(form)} paths={PATHS}>
      <div className={styles.three}>
        <DurationField
          label="Timeout"
          value={form.timeoutMs}
          error={errorAt(`${JOBDECK}/timeout_ms`)}
          onChange={(timeoutMs) => onChange({ timeoutMs })}
        />
        <DurationField
          label="From TERM to KILL"
          minMs={0}
          placeholder="5 s"
          value={form.killGraceMs}
          error={errorAt(`${JOBDECK}/kill_grace_ms`)}
          onChange={(killGraceMs) => onChange({ killGraceMs })}
        />
        <SizeField
          label="Output kept"
          placeholder="All of it"
          value={form.maxOutputBytes}
          error={errorAt(`${JOBDECK}/max_output_bytes`)}
          onChange={(maxOutputBytes) => onChange({ maxOutputBytes })}
        />
      </div>
      <div className={styles.two}>
        <SelectField
          label="If Jobdeck is killed while it runs"
          value={form.onInterrupt}
          options={[
            { value: 'fail', label: 'Mark it failed' },
            { value: 'rerun', label: 'Run it again' },
          ]}
          onChange={(onInterrupt) => onChange({ onInterrupt })}
        />
        <NumberField
          label="Attempts"
          placeholder="1"
          range={{ min: 1 }}
          value={form.maxAttempts}
          error={errorAt(`${JOBDECK}/retry/max_attempts`)}
          onChange={(maxAttempts) => onChange({ maxAttempts })}
        />
      </div>
      {(form.maxAttempts ?? 1) > 1 ? <RetryFields /> : null}
    </Section>
  );
}
