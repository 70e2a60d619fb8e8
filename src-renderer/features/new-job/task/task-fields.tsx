import { assertNever } from '#shared/app-error.ts';
import { useDraftForm } from '../draft-context.tsx';
import { TextBlock } from '../fields/text-block.tsx';
import styles from '../new-job.module.css';
import { HttpFields } from './http-fields.tsx';
import { ModelFields } from './model-fields.tsx';
import { ProgramFields } from './program-fields.tsx';
import { ScriptFields } from './script-fields.tsx';
import { WorkingDirectory } from './working-directory.tsx';

/** What runs: the fields of the kind that was chosen. */
export function TaskFields() {
  const { form, onChange, errorAt } = useDraftForm();
  switch (form.kind) {
    case 'shell':
      return (
        <>
          <TextBlock
            label="Shell line"
            mono
            rows={3}
            placeholder="sort words.txt | uniq -c | sort -rn"
            value={form.shell}
            error={errorAt('/metadata/jobdeck/task/shell')}
            onChange={(shell) => onChange({ shell })}
          />
          <WorkingDirectory />
        </>
      );
    case 'program':
      return (
        <>
          <ProgramFields />
          <WorkingDirectory />
        </>
      );
    case 'script':
      return (
        <>
          <ScriptFields />
          <WorkingDirectory />
        </>
      );
    case 'http':
      return <HttpFields />;
    case 'model':
      return <ModelFields />;
    case null:
      return <p className={styles.unknown}>This kind of task has no form. Write it in the JSON beside.</p>;
    default:
      return assertNever(form.kind);
  }
}
