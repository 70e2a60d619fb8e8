import type { HTMLInputTypeAttribute, ReactNode, Ref } from 'react';
import styles from './field.module.css';
import { Field } from './field.tsx';

interface CommonProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  mono?: boolean;
  className?: string | undefined;
}

export interface TextFieldProps extends CommonProps {
  type?: HTMLInputTypeAttribute;
  inputMode?: 'numeric' | 'decimal' | 'url' | 'text';
  list?: string;
  ref?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, mono, className, ref, autoFocus, ...rest } = props;
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(ids) => (
        <input
          {...ids}
          {...rest}
          ref={ref}
          data-autofocus={autoFocus || undefined}
          autoComplete="off"
          spellCheck={false}
          className={mono ? `${styles.input} ${styles.mono}` : styles.input}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function TextArea(props: CommonProps & { rows?: number; spellCheck?: boolean }) {
  const { label, value, onChange, hint, error, mono, className, spellCheck = false, ...rest } = props;
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(ids) => (
        <textarea
          {...ids}
          {...rest}
          spellCheck={spellCheck}
          className={mono ? `${styles.input} ${styles.mono}` : styles.input}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function SelectField<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  hint?: ReactNode;
  className?: string | undefined;
}) {
  return (
    <Field label={props.label} hint={props.hint} className={props.className}>
      {(ids) => (
        <select
          {...ids}
          className={styles.input}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value as T)}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
