import fieldStyles from '../../../components/text-field/field.module.css';
import { Field } from '../../../components/text-field/field.tsx';
import { SelectField } from '../../../components/text-field/text-field.tsx';
import {
  clockText,
  cronOf,
  cronPartsOf,
  type CronParts as Parts,
  parseClock,
  weekdayName,
} from '../../../words/cron.ts';
import styles from './plan.module.css';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
const MINUTES = numbered(0, 59).map((value) => ({ value, label: `${value} min past` }));
const DAYS = numbered(1, 31).map((value) => ({ value, label: `on day ${value}` }));
// A week begins on Monday here; cron counts from Sunday.
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0].map((day) => ({
  value: String(day),
  label: `on ${weekdayName(day)}`,
}));

/** The parts of a schedule of a common form: the minute, or the day and the time of day. */
export function CronParts({ cron, onChange }: { cron: string; onChange: (cron: string) => void }) {
  const parts = cronPartsOf(cron);
  if (parts === null) return <div />;
  const set = (part: Partial<Parts>) => onChange(cronOf({ ...parts, ...part }));
  if (parts.preset === 'hourly') {
    return (
      <SelectField
        label="Minute"
        value={String(parts.minute)}
        options={MINUTES}
        onChange={(minute) => set({ minute: Number(minute) })}
      />
    );
  }
  return (
    <div className={parts.preset === 'weekly' || parts.preset === 'monthly' ? styles.two : undefined}>
      {parts.preset === 'weekly' ? (
        <SelectField
          label="Day"
          value={String(parts.weekday)}
          options={WEEKDAYS}
          onChange={(weekday) => set({ weekday: Number(weekday) })}
        />
      ) : null}
      {parts.preset === 'monthly' ? (
        <SelectField
          label="Day"
          value={String(parts.day)}
          options={DAYS}
          onChange={(day) => set({ day: Number(day) })}
        />
      ) : null}
      <Field label="At">
        {(ids) => (
          <input
            {...ids}
            type="time"
            className={fieldStyles.input}
            value={clockText(parts)}
            onChange={(event) => set(parseClock(event.currentTarget.value) ?? {})}
          />
        )}
      </Field>
    </div>
  );
}
