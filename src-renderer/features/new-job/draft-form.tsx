import { Segmented } from '../../components/segmented/segmented.tsx';
import { SelectField, TextArea, TextField } from '../../components/text-field/text-field.tsx';
import type { DraftKind } from './draft.ts';
import { EnvTable } from './env-table.tsx';
import styles from './new-job.module.css';
import { type FieldsProps, TaskFields } from './task-fields.tsx';
import { parseTimeout, timeoutText } from './timeout-text.ts';
import { useOwnText } from './use-own-text.ts';

const KINDS: readonly { value: DraftKind; label: string }[] = [
  { value: 'shell', label: 'Shell line' },
  { value: 'program', label: 'Program' },
  { value: 'script', label: 'Script' },
];

/** The form of a new job. */
export function DraftFormFields(props: FieldsProps) {
  const { form, onChange, errorAt } = props;
  const [timeout, setTimeoutText] = useOwnText(
    form.timeoutMs,
    timeoutText,
    (text, value) => parseTimeout(text) === value,
  );
  const tagsLine = form.tags.join(', ');
  const [tags, setTags] = useOwnText(tagsLine, String, (text, value) => tagsOf(text).join(', ') === value);

  const chooseKind = (kind: DraftKind) =>
    onChange({ kind, ...(kind === 'script' && form.interpreter === '' && { interpreter: 'bash' }) });

  return (
    <div className={styles.form}>
      <TextField
        label="Name"
        placeholder="Named after what it runs"
        autoFocus
        value={form.name}
        error={errorAt('/metadata/jobdeck/name')}
        onChange={(name) => onChange({ name })}
      />
      {form.kind === null ? null : (
        <Segmented label="Kind of task" value={form.kind} options={KINDS} onChange={chooseKind} />
      )}
      <TaskFields {...props} />
      <TextField
        label="Working directory"
        mono
        placeholder="Home directory"
        value={form.cwd}
        error={errorAt('/metadata/jobdeck/task/cwd')}
        onChange={(cwd) => onChange({ cwd })}
      />
      <EnvTable env={form.env} onChange={(env) => onChange({ env })} />
      <TextArea
        label="Standard input"
        mono
        rows={2}
        placeholder="Empty"
        value={form.stdin}
        onChange={(stdin) => onChange({ stdin })}
      />
      <div className={styles.two}>
        <TextField
          label="Timeout"
          placeholder="None"
          value={timeout}
          error={
            parseTimeout(timeout) === undefined ? 'Expected a time such as 90 s, 5 min or 2 h.' : undefined
          }
          onChange={(text) => {
            setTimeoutText(text);
            const timeoutMs = parseTimeout(text);
            if (timeoutMs !== undefined) onChange({ timeoutMs });
          }}
        />
        <SelectField
          label="If Jobdeck is killed while it runs"
          value={form.onInterrupt}
          options={[
            { value: 'fail', label: 'Mark it failed' },
            { value: 'rerun', label: 'Run it again' },
          ]}
          onChange={(onInterrupt) => onChange({ onInterrupt })}
        />
      </div>
      <TextField
        label="Callback URL"
        mono
        placeholder="None"
        hint="Gets one POST with the job’s id, status and metadata when it has ended."
        value={form.callbackUrl}
        error={errorAt('/callback_url')}
        onChange={(callbackUrl) => onChange({ callbackUrl })}
      />
      <TextField
        label="Tags"
        placeholder="photos, nightly"
        value={tags}
        error={errorAt('/metadata/jobdeck/tags')}
        onChange={(text) => {
          setTags(text);
          onChange({ tags: tagsOf(text) });
        }}
      />
      <TextArea
        label="Notes"
        rows={2}
        spellCheck
        value={form.notes}
        onChange={(notes) => onChange({ notes })}
      />
    </div>
  );
}

function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
