import { TextField } from '../../components/text-field/text-field.tsx';
import { startsProcess } from './draft/task-kind.ts';
import { useDraftForm } from './draft-context.tsx';
import { ItemsFields } from './items/items-fields.tsx';
import styles from './new-job.module.css';
import { DetailsSection } from './plan/details-section.tsx';
import { FailureSection } from './plan/failure-section.tsx';
import { QueueSection } from './plan/queue-section.tsx';
import { WhenSection } from './plan/when-section.tsx';
import { AnswerSection } from './task/http-fields.tsx';
import { InputSection } from './task/input-section.tsx';
import { KindChoice, TimesChoice } from './task/kind-choice.tsx';
import { TaskFields } from './task/task-fields.tsx';

/** The form of a new job: what runs in full, and the rest folded into a line each. */
export function DraftFormFields() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <div>
      <div className={styles.form}>
        <TextField
          label="Name"
          placeholder="Named after what it runs"
          autoFocus
          value={form.name}
          error={errorAt('/metadata/jobdeck/name')}
          onChange={(name) => onChange({ name })}
        />
        <div className={styles.choices}>
          <KindChoice />
          <TimesChoice />
        </div>
        {form.items === undefined ? null : <ItemsFields />}
        <TaskFields />
      </div>
      {startsProcess(form.kind) ? <InputSection /> : null}
      {form.kind === 'http' ? <AnswerSection /> : null}
      <WhenSection />
      <QueueSection />
      <FailureSection />
      <DetailsSection />
    </div>
  );
}
