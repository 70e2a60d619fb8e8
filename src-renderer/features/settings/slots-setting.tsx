import { useId, useState } from 'react';
import fieldStyles from '../../components/text-field/field.module.css';
import { useServices } from '../../services/services.tsx';
import { SettingRow } from './setting-row.tsx';
import styles from './settings-dialog.module.css';
import { MAX_SLOTS, parseSlots } from './slots-text.ts';
import type { SettingSaid } from './use-settings.ts';

/** How many jobs run at a time; kept as soon as it is a number that can be. */
export function SlotsSetting(props: {
  slots: number | null;
  said: SettingSaid | null;
  onChange: (slots: number | null) => void;
}) {
  const { cpuCount } = useServices().info;
  const id = useId();
  const [text, setText] = useState(props.slots === null ? '' : String(props.slots));
  const isWrong = parseSlots(text) === undefined;
  return (
    <SettingRow
      name="slots"
      label="Jobs at a time"
      hint={`Leave it empty for one per core, here ${cpuCount}.`}
      error={
        isWrong ? `Expected a whole number from 1 to ${MAX_SLOTS}, or nothing for one per core.` : undefined
      }
      said={props.said}
      controlId={id}
    >
      <input
        id={id}
        className={`${fieldStyles.input} ${styles.slots}`}
        inputMode="numeric"
        autoComplete="off"
        placeholder={`One per core (${cpuCount})`}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-problem` : undefined}
        value={text}
        onChange={(event) => {
          const changed = event.currentTarget.value;
          setText(changed);
          const slots = parseSlots(changed);
          if (slots !== undefined) props.onChange(slots);
        }}
      />
    </SettingRow>
  );
}
