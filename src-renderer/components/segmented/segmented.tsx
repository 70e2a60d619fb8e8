import { useId } from 'react';
import styles from './segmented.module.css';

/** One of a few, all in sight: a group of radio buttons that looks like one control. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string; note?: string }[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          <span>{option.label}</span>
          {option.note ? <span className={styles.note}>{option.note}</span> : null}
        </label>
      ))}
    </fieldset>
  );
}
