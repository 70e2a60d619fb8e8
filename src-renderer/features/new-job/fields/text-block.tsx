import type { ReactNode } from 'react';
import fieldStyles from '../../../components/text-field/field.module.css';
import styles from './fields.module.css';
import { TAKES_PLACEHOLDERS } from './insertion.tsx';
import { Labelled } from './labelled.tsx';

/** Text of several lines that grows with what is in it, and may hold placeholders. */
export function TextBlock(props: {
  label: string;
  value: string;
  rows?: number;
  mono?: boolean;
  spellCheck?: boolean;
  placeholder?: string;
  hint?: ReactNode;
  error?: string | undefined;
  action?: ReactNode;
  onChange: (value: string) => void;
}) {
  return (
    <Labelled label={props.label} action={props.action} hint={props.hint} error={props.error}>
      <textarea
        {...TAKES_PLACEHOLDERS}
        aria-label={props.label}
        aria-invalid={props.error ? true : undefined}
        rows={props.rows ?? 2}
        placeholder={props.placeholder}
        spellCheck={props.spellCheck ?? false}
        className={[fieldStyles.input, styles.growing, props.mono && fieldStyles.mono]
          .filter(Boolean)
          .join(' ')}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
    </Labelled>
  );
}
