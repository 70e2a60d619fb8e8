import type { ReactNode, Ref } from 'react';
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
  return (
    <fieldset ref={props.ref} className={styles.group}>
      <legend className="visually-hidden">{props.label}</legend>
      <div className={styles.head}>
        <span className={fieldStyles.label} aria-hidden="true">
          {props.label}
        </span>
        {props.action}
      </div>
      {props.children}
      {props.error ? <p className={fieldStyles.error}>{props.error}</p> : null}
      {props.hint && !props.error ? <p className={fieldStyles.hint}>{props.hint}</p> : null}
    </fieldset>
  );
}
