import { isolateHistory } from '@codemirror/commands';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import styles from './code-editor.module.css';
import type { EditorProps } from './editor-props.ts';
import { baseExtensions, checkExtension, languageExtension } from './extensions.ts';

/** On a change that came by `value`: whoever gave it knows it. */
const Given = Annotation.define<true>();

/** The editor itself. Its document follows `value`; what is typed goes to `onChange`, and to nobody else. */
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
          if (!isTyped(update)) return;
          // At once, so that `value` is what was typed before the next key: one that came late would take that key back.
          flushSync(() => latest.current.onChange?.(update.state.doc.toString()));
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

  useLayoutEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      // A step of its own for the undo, so that a revert alone can be taken back.
      annotations: [Given.of(true), isolateHistory.of('full')],
    });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: languageSlot.current.reconfigure(languageExtension(language)) });
  }, [language]);

  useEffect(() => {
    view.current?.dispatch({ effects: readOnlySlot.current.reconfigure(readOnlyExtension(readOnly)) });
  }, [readOnly]);

  return <div ref={host} className={styles.host} />;
}

function isTyped({ docChanged, transactions }: ViewUpdate): boolean {
  return docChanged && !transactions.some((each) => each.annotation(Given));
}

/** Read-only text still has a cursor, so that the keyboard can select and copy. */
function readOnlyExtension(readOnly: boolean) {
  return readOnly ? EditorState.readOnly.of(true) : [];
}
