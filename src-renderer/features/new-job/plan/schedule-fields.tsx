import { SelectField, TextField } from '../../../components/text-field/text-field.tsx';
import { CRON_PRESETS, type CronPreset, cronAs, cronPartsOf } from '../../../words/cron.ts';
import { useDraftForm } from '../draft-context.tsx';
import { NumberField } from '../fields/parsed-field.tsx';
import { TimeField } from '../fields/time-field.tsx';
import { CronParts } from './cron-parts.tsx';
import { NextTimes } from './next-times.tsx';
import styles from './plan.module.css';
import { zoneOptions } from './time-zones.ts';

const PRESET_LABELS: Record<CronPreset, string> = {
  hourly: 'Every hour',
  daily: 'Every day',
  weekdays: 'Monday to Friday',
  weekly: 'Every week',
  monthly: 'Every month',
  custom: 'As cron says',
};
const PRESETS = CRON_PRESETS.map((value) => ({ value, label: PRESET_LABELS[value] }));
const SCHEDULE = '/metadata/jobdeck/schedule';

/** How often it runs: as one says it, as cron writes it, and when that is next. */
export function ScheduleFields() {
  const { form, onChange, errorAt } = useDraftForm();
  const parts = cronPartsOf(form.cron);
  return (
    <>
      <div className={styles.two}>
        <SelectField<CronPreset>
          label="How often"
          value={parts?.preset ?? 'custom'}
          options={parts === null ? PRESETS : PRESETS.filter(({ value }) => value !== 'custom')}
          onChange={(preset) => preset !== 'custom' && onChange({ cron: cronAs(preset, form.cron) })}
        />
        <CronParts cron={form.cron} onChange={(cron) => onChange({ cron })} />
      </div>
      <div className={styles.two}>
        <TextField
          label="As cron writes it"
          mono
          value={form.cron}
          error={errorAt(`${SCHEDULE}/cron`)}
          hint="Minute, hour, day, month, weekday."
          onChange={(cron) => onChange({ cron })}
        />
        <SelectField
          label="Time zone"
          value={form.timeZone}
          options={zoneOptions(form.timeZone)}
          onChange={(timeZone) => onChange({ timeZone })}
        />
      </div>
      <NextTimes />
      <SelectField
        label="A run that was missed, while the computer slept or was off"
        value={form.missed}
        options={[
          { value: 'skip', label: 'is left out' },
          { value: 'catch-up', label: 'is made up for, once' },
        ]}
        onChange={(missed) => onChange({ missed })}
      />
      <div className={styles.two}>
        <NumberField
          label="Number of runs"
          placeholder="No end"
          range={{ min: 1 }}
          value={form.remaining}
          error={errorAt(`${SCHEDULE}/remaining`)}
          onChange={(remaining) => onChange({ remaining })}
        />
        <TimeField
          label="No run after"
          value={form.until}
          error={errorAt(`${SCHEDULE}/until`)}
          onChange={(until) => onChange({ until })}
        />
      </div>
    </>
  );
}
