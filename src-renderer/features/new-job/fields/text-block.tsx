import { type ReactNode, useId } from 'react';
import fieldStyles from '../../../components/text-field/field.module.css';
import styles from './fields.module.css';
import { TAKES_PLACEHOLDERS } from './insertion.tsx';

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
  /** Beside the label. */
  action?: ReactNode;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const note = props.error ?? props.hint;
  return (
    <div className={styles.group}>
      <div className={styles.head}>
        <label className={fieldStyles.label} htmlFor={id}>
          {props.label}
        </label>
        {props.action}
      </div>
      <textarea
        {...TAKES_PLACEHOLDERS}
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
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
      {note ? (
        <p id={`${id}-note`} className={props.error ? fieldStyles.error : fieldStyles.hint}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
