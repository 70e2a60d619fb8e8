import { type ReactNode, type Ref, useId } from 'react';
import fieldStyles from '../../../components/text-field/field.module.css';
import styles from './fields.module.css';

/** A group of controls under one name, with room for a small action beside it, and what is wrong below. */
export function Labelled(props: {
  label: string;
  action?: ReactNode;
  error?: string | undefined;
  hint?: ReactNode;
  ref?: Ref<HTMLFieldSetElement>;
  children: ReactNode;
}) {
  const id = useId();
  const note = props.error ?? props.hint;
  return (
    <fieldset
      ref={props.ref}
      className={styles.group}
      aria-describedby={note ? id : undefined}
      data-wrong={props.error ? '' : undefined}
    >
      <legend className="visually-hidden">{props.label}</legend>
      <div className={styles.head}>
        <span className={fieldStyles.label} aria-hidden="true">
          {props.label}
        </span>
        {props.action}
      </div>
      {props.children}
      {note ? (
        <p id={id} className={props.error ? fieldStyles.error : fieldStyles.hint}>
          {note}
        </p>
      ) : null}
    </fieldset>
  );
}
