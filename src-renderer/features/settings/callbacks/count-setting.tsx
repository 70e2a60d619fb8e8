import { useId, useState } from 'react';
import fieldStyles from '../../../components/text-field/field.module.css';
import { SettingRow } from '../setting-row.tsx';
import type { SettingSaid } from '../use-settings.ts';
import styles from './callback-settings.module.css';
import { parseCount } from './parse-count.ts';

/** A whole number; kept as soon as it is one that can be. */
export function CountSetting(props: {
  name: SettingSaid['name'];
  label: string;
  hint: string;
  max: number;
  value: number;
  said: SettingSaid | null;
  onChange: (count: number) => void;
}) {
  const { name, label, hint, max, said } = props;
  const id = useId();
  const [text, setText] = useState(String(props.value));
  const isWrong = parseCount(text, max) === null;
  return (
    <SettingRow
      name={name}
      label={label}
      hint={hint}
      error={isWrong ? `Expected a whole number from 1 to ${max}.` : undefined}
      said={said}
      controlId={id}
    >
      <input
        id={id}
        className={`${fieldStyles.input} ${styles.count}`}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-problem` : undefined}
        value={text}
        onChange={(event) => {
          const changed = event.currentTarget.value;
          setText(changed);
          const count = parseCount(changed, max);
          if (count !== null) props.onChange(count);
        }}
      />
    </SettingRow>
  );
}
