import { useDraftForm } from '../draft-context.tsx';
import { PathField } from '../fields/path-field.tsx';

/** Where a process runs. */
export function WorkingDirectory() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <PathField
      label="Working directory"
      what="directory"
      placeholder="Home directory"
      takesPlaceholders
      value={form.cwd}
      error={errorAt('/metadata/jobdeck/task/cwd')}
      onChange={(cwd) => onChange({ cwd })}
    />
  );
}
