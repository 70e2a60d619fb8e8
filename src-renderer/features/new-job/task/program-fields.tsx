import { useDraftForm } from '../draft-context.tsx';
import { PathField } from '../fields/path-field.tsx';
import { ArgsList } from './args-list.tsx';

/** A program and its arguments, with no shell between. */
export function ProgramFields() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <>
      <PathField
        label="Program"
        what="program"
        placeholder="sha256sum"
        value={form.program}
        error={errorAt('/metadata/jobdeck/task/program')}
        onChange={(program) => onChange({ program })}
      />
      <ArgsList
        args={form.args}
        error={errorAt('/metadata/jobdeck/task/args')}
        onChange={(args) => onChange({ args })}
      />
    </>
  );
}
