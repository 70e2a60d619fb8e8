import type { ReactNode } from 'react';
import { CodeEditor } from '../../../components/editor/code-editor.tsx';
import { useServices } from '../../../services/services.tsx';
import { jsonIn } from '../draft/values.ts';
import { useOwnText } from '../use-own-text.ts';
import styles from './fields.module.css';
import { TAKES_PLACEHOLDERS } from './insertion.tsx';
import { Labelled } from './labelled.tsx';
import { useReportUnfinished } from './unfinished.tsx';

/** A value that is written as JSON. While it is no JSON, or not what is expected, the value stays as it was. */
export function JsonField(props: {
  label: string;
  value: unknown;
  /** Of JSON that parses, what is wrong with it; undefined where nothing is. */
  refuse?: (value: unknown) => string | undefined;
  error?: string | undefined;
  hint?: ReactNode;
  action?: ReactNode;
  takesPlaceholders?: boolean;
  onChange: (value: unknown) => void;
}) {
  const { label, value, refuse, onChange } = props;
  const { nonce } = useServices();
  const [text, setText] = useOwnText(value, asText, (typed, now) => {
    const parsed = jsonIn(typed);
    return parsed !== undefined && JSON.stringify(parsed.value) === JSON.stringify(now);
  });
  const wrong = whatIsWrong(text, refuse);
  useReportUnfinished(wrong && `${label}: ${wrong}`);
  return (
    <Labelled label={label} action={props.action} hint={props.hint} error={wrong ?? props.error}>
      <div className={styles.json} {...(props.takesPlaceholders && TAKES_PLACEHOLDERS)}>
        <CodeEditor
          framed
          label={label}
          language="json"
          nonce={nonce}
          value={text}
          onChange={(typed) => {
            setText(typed);
            const parsed = jsonIn(typed);
            if (parsed !== undefined && refuse?.(parsed.value) === undefined) onChange(parsed.value);
          }}
          check={NOTHING_MORE}
        />
      </div>
    </Labelled>
  );
}

/** The editor marks what is no JSON by itself. */
const NOTHING_MORE = async () => [];

function asText(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

function whatIsWrong(text: string, refuse?: (value: unknown) => string | undefined): string | undefined {
  const parsed = jsonIn(text);
  return parsed === undefined ? 'Expected JSON, got a text that is not whole.' : refuse?.(parsed.value);
}
