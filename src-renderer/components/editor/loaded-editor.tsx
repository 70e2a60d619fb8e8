import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import styles from './code-editor.module.css';
import type { EditorProps } from './editor-props.ts';
import { baseExtensions, checkExtension, languageExtension } from './extensions.ts';

/** The editor itself. Its document follows `value`; what is typed goes to `onChange`. */
export function LoadedEditor(props: EditorProps) {
  const { value, language, readOnly = false, label, nonce } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const languageSlot = useRef(new Compartment());
  const readOnlySlot = useRef(new Compartment());
  const hasCheck = props.check !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: later values are brought in by the effects below
  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      doc: value,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        baseExtensions(),
        languageSlot.current.of(languageExtension(language)),
        readOnlySlot.current.of(readOnlyExtension(readOnly)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
        }),
        hasCheck ? checkExtension((text) => latest.current.check?.(text) ?? Promise.resolve([])) : [],
      ],
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [label, nonce, hasCheck]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: languageSlot.current.reconfigure(languageExtension(language)) });
  }, [language]);

  useEffect(() => {
    view.current?.dispatch({ effects: readOnlySlot.current.reconfigure(readOnlyExtension(readOnly)) });
  }, [readOnly]);

  return <div ref={host} className={styles.host} />;
}

/** Read-only text still has a cursor, so that the keyboard can select and copy. */
function readOnlyExtension(readOnly: boolean) {
  return readOnly ? EditorState.readOnly.of(true) : [];
}
