import { lazy, Suspense } from 'react';
import styles from './code-editor.module.css';
import type { EditorProps } from './editor-props.ts';

// The editor is a third of the window's code: it comes when it is first needed.
const Loaded = lazy(async () => ({ default: (await import('./loaded-editor.tsx')).LoadedEditor }));

/** A text editor with line numbers, for JSON and for scripts. */
export function CodeEditor(props: EditorProps) {
  return (
    <div
      className={[styles.editor, props.framed && styles.framed, props.className].filter(Boolean).join(' ')}
    >
      <Suspense fallback={<pre className={styles.waiting}>{props.value.slice(0, 4000)}</pre>}>
        <Loaded {...props} />
      </Suspense>
    </div>
  );
}
