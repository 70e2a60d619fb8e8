import { inputSummary } from '../draft/summaries.ts';
import { useDraftForm } from '../draft-context.tsx';
import { NameValueTable } from '../fields/name-value-table.tsx';
import { TextBlock } from '../fields/text-block.tsx';
import { Section } from '../section.tsx';

const PATHS = ['/metadata/jobdeck/task/env', '/metadata/jobdeck/task/stdin'];

/** What a process is given beside its arguments. */
export function InputSection() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <Section title="Environment and input" summary={inputSummary(form)} paths={PATHS}>
      <NameValueTable
        label="Environment"
        noun="variable"
        namePlaceholder="NAME"
        map={form.env}
        error={errorAt('/metadata/jobdeck/task/env')}
        secretRow={(value, name) => ({ name, value })}
        onChange={(env) => onChange({ env })}
      />
      <TextBlock
        label="Standard input"
        mono
        placeholder="Empty"
        value={form.stdin}
        error={errorAt('/metadata/jobdeck/task/stdin')}
        onChange={(stdin) => onChange({ stdin })}
      />
    </Section>
  );
}
