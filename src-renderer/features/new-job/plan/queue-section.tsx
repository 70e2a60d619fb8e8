import { useId } from 'react';
import { DEFAULT_QUEUE } from '#shared/contract/runner-state.ts';
import { SelectField, TextField } from '../../../components/text-field/text-field.tsx';
import { useRunnerStatus } from '../../../services/use-runner-status.ts';
import { queueSummary } from '../draft/summaries.ts';
import { useDraftForm } from '../draft-context.tsx';
import { NumberField } from '../fields/parsed-field.tsx';
import { Section } from '../section.tsx';
import { AfterJobs } from './after-jobs.tsx';
import styles from './plan.module.css';

const JOBDECK = '/metadata/jobdeck';
const PATHS = ['queue', 'priority', 'after', 'dedup_key'].map((key) => `${JOBDECK}/${key}`);

/** Where it waits, for which other jobs, and which jobs it is one of. */
export function QueueSection() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <Section title="Queue" summary={queueSummary(form)} paths={PATHS}>
      <div className={styles.two}>
        <QueueField />
        <NumberField
          label="Priority"
          placeholder="0"
          hint="Higher goes first."
          value={form.priority}
          error={errorAt(`${JOBDECK}/priority`)}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
      <AfterJobs />
      <div className={styles.two}>
        <TextField
          label="Duplicate key"
          placeholder="None"
          hint="No two active jobs have the same one."
          value={form.dedupKey}
          error={errorAt(`${JOBDECK}/dedup_key`)}
          onChange={(dedupKey) => onChange({ dedupKey })}
        />
        {form.dedupKey === '' ? null : (
          <SelectField
            label="While another one has it"
            value={form.onDuplicate}
            options={[
              { value: 'refuse', label: 'this one is refused' },
              { value: 'join', label: 'this one ends as the other does' },
            ]}
            onChange={(onDuplicate) => onChange({ onDuplicate })}
          />
        )}
      </div>
    </Section>
  );
}

function QueueField() {
  const { form, onChange, errorAt } = useDraftForm();
  const status = useRunnerStatus();
  const listId = useId();
  const queues = status === null || typeof status === 'string' ? [] : status.queues;
  const chosen = queues.find(({ name }) => name === (form.queue || DEFAULT_QUEUE));
  const isNew = form.queue !== '' && queues.length > 0 && chosen === undefined;
  return (
    <div>
      <TextField
        label="Queue"
        list={listId}
        placeholder={DEFAULT_QUEUE}
        value={form.queue}
        error={errorAt(`${JOBDECK}/queue`)}
        hint={
          isNew
            ? 'A new queue.'
            : chosen?.mode === 'paused'
              ? 'This queue is paused.'
              : chosen?.mode === 'draining'
                ? 'This queue takes no new jobs.'
                : undefined
        }
        onChange={(queue) => onChange({ queue })}
      />
      <datalist id={listId}>
        {queues.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
