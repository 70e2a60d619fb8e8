import { type ReactNode, useId } from 'react';
import styles from './field.module.css';

export interface FieldIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A label over a control, and under it a hint or what is wrong with it. */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string | undefined;
  children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  const note = props.error ?? props.hint;
  return (
    <div className={[styles.field, props.className].filter(Boolean).join(' ')}>
      <label className={styles.label} htmlFor={id}>
        {props.label}
      </label>
      {props.children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': props.error ? true : undefined,
      })}
      {note ? (
        <p id={`${id}-note`} className={props.error ? styles.error : styles.hint}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
