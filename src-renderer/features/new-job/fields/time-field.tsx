import { type SyntheticEvent, useState } from 'react';
import fieldStyles from '../../../components/text-field/field.module.css';
import { Field } from '../../../components/text-field/field.tsx';
import { localTimeText, parseLocalTime } from '../draft/when.ts';
import { useReportUnfinished } from './unfinished.tsx';

const HALF = 'Expected a date and a time; a part is missing.';

/** A date and a time on this computer's clock. */
export function TimeField(props: {
  label: string;
  value: string | null;
  /** It can not be emptied. */
  required?: boolean;
  hint?: string;
  error?: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const [isHalf, setIsHalf] = useState(false);
  // It is no mistake while one types on.
  const [isLeft, setIsLeft] = useState(false);
  useReportUnfinished(isHalf ? `${props.label}: ${HALF}` : undefined);
  // The browser gives no value while only half of one is there, and says so apart.
  const look = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) =>
    setIsHalf(currentTarget.validity.badInput);
  return (
    <Field label={props.label} hint={props.hint} error={isHalf && isLeft ? HALF : props.error}>
      {(ids) => (
        <input
          {...ids}
          type="datetime-local"
          className={fieldStyles.input}
          value={localTimeText(props.value)}
          onFocus={() => setIsLeft(false)}
          onKeyUp={look}
          onBlur={(event) => {
            look(event);
            setIsLeft(true);
          }}
          onChange={(event) => {
            const time = parseLocalTime(event.currentTarget.value);
            if (time === undefined || (time === null && props.required)) return;
            setIsHalf(event.currentTarget.validity.badInput);
            props.onChange(time);
          }}
        />
      )}
    </Field>
  );
}
