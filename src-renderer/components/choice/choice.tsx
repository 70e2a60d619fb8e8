import { useId } from 'react';
import styles from './choice.module.css';

/** One of a few, with room for a word on each. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string; note?: string }[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          <span className={styles.words}>{option.label}</span>
          {option.note ? <span className={styles.note}>{option.note}</span> : null}
        </label>
      ))}
    </fieldset>
  );
}
