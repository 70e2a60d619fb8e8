import { useId } from 'react';
import { CodeEditor } from '../../../components/editor/code-editor.tsx';
import type { EditorLanguage } from '../../../components/editor/editor-props.ts';
import { TextField } from '../../../components/text-field/text-field.tsx';
import { useServices } from '../../../services/services.tsx';
import { useDraftForm } from '../draft-context.tsx';
import { TAKES_PLACEHOLDERS } from '../fields/insertion.tsx';
import { Labelled } from '../fields/labelled.tsx';
import styles from '../new-job.module.css';

const INTERPRETERS = ['bash', 'sh', 'python3', 'node', 'pwsh', 'ruby', 'perl'];

/** Source text and what reads it. */
export function ScriptFields() {
  const { form, onChange, errorAt } = useDraftForm();
  const { nonce } = useServices();
  const listId = useId();
  return (
    <>
      <TextField
        label="Interpreter"
        mono
        list={listId}
        placeholder="bash"
        value={form.interpreter}
        error={errorAt('/metadata/jobdeck/task/interpreter')}
        onChange={(interpreter) => onChange({ interpreter })}
      />
      <datalist id={listId}>
        {INTERPRETERS.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Labelled label="Script" error={errorAt('/metadata/jobdeck/task/source')}>
        <div className={styles.source} {...TAKES_PLACEHOLDERS}>
          <CodeEditor
            framed
            label="Script"
            language={languageOf(form.interpreter)}
            nonce={nonce}
            value={form.source}
            onChange={(source) => onChange({ source })}
          />
        </div>
      </Labelled>
    </>
  );
}

function languageOf(interpreter: string): EditorLanguage {
  if (/python/u.test(interpreter)) return 'python';
  if (/^(?:.*\/)?(?:node|deno|bun)/u.test(interpreter)) return 'javascript';
  return /sh$/u.test(interpreter) ? 'shell' : 'plain';
}
