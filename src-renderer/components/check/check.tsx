import { useId } from 'react';
import styles from './check.module.css';

/** Something that is on or off, and under it what it means. */
export function Check(props: {
  label: string;
  note?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  const noteId = useId();
  return (
    <div className={styles.check}>
      <label className={styles.option}>
        <input
          type="checkbox"
          className={styles.box}
          checked={props.checked}
          disabled={props.disabled}
          aria-describedby={props.note ? noteId : undefined}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        <span>{props.label}</span>
      </label>
      {props.note ? (
        <p id={noteId} className={styles.note}>
          {props.note}
        </p>
      ) : null}
    </div>
  );
}
