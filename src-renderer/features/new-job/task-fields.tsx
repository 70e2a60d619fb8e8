import { CodeEditor } from '../../components/editor/code-editor.tsx';
import type { EditorLanguage } from '../../components/editor/editor-props.ts';
import { TextArea, TextField } from '../../components/text-field/text-field.tsx';
import { ArgsList } from './args-list.tsx';
import type { DraftForm } from './draft.ts';
import styles from './new-job.module.css';

export interface FieldsProps {
  form: DraftForm;
  onChange: (change: Partial<DraftForm>) => void;
  /** What is wrong at a JSON Pointer. */
  errorAt: (path: string) => string | undefined;
  nonce: string;
}

/** What runs: the fields of the kind that was chosen. */
export function TaskFields({ form, onChange, errorAt, nonce }: FieldsProps) {
  switch (form.kind) {
    case 'shell':
      return (
        <TextArea
          label="Shell line"
          mono
          rows={3}
          placeholder="sort words.txt | uniq -c | sort -rn"
          value={form.shell}
          error={errorAt('/metadata/jobdeck/task/shell')}
          onChange={(shell) => onChange({ shell })}
        />
      );
    case 'program':
      return (
        <>
          <TextField
            label="Program"
            mono
            placeholder="sha256sum"
            value={form.program}
            error={errorAt('/metadata/jobdeck/task/program')}
            onChange={(program) => onChange({ program })}
          />
          <ArgsList args={form.args} onChange={(args) => onChange({ args })} />
        </>
      );
    case 'script':
      return (
        <>
          <TextField
            label="Interpreter"
            mono
            list="interpreters"
            placeholder="bash"
            value={form.interpreter}
            error={errorAt('/metadata/jobdeck/task/interpreter')}
            onChange={(interpreter) => onChange({ interpreter })}
          />
          <datalist id="interpreters">
            {['bash', 'sh', 'python3', 'node', 'pwsh', 'ruby', 'perl'].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <div className={styles.source}>
            <span className={styles.sourceLabel}>Script</span>
            <CodeEditor
              framed
              className={styles.sourceEditor}
              label="Script"
              language={languageOf(form.interpreter)}
              nonce={nonce}
              value={form.source}
              onChange={(source) => onChange({ source })}
            />
          </div>
        </>
      );
    case null:
      return (
        <p className={styles.unknown}>This kind of task has no form yet. Write it in the JSON beside.</p>
      );
  }
}

function languageOf(interpreter: string): EditorLanguage {
  if (/python/u.test(interpreter)) return 'python';
  if (/^(?:.*\/)?(?:node|deno|bun)/u.test(interpreter)) return 'javascript';
  return /sh$/u.test(interpreter) ? 'shell' : 'plain';
}
