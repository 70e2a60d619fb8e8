import { useId, useState } from 'react';
import { DEFAULT_CALLBACK_SCHEDULE_MS } from '#shared/callback/delivery.ts';
import { parseScheduleText, scheduleText } from '#shared/callback/schedule-text.ts';
import { Button } from '../../../components/button/button.tsx';
import { IconCheck } from '../../../components/icons.ts';
import { TextField } from '../../../components/text-field/text-field.tsx';
import { planDuration } from '../../../words/time-words.ts';
import type { SettingSaid } from '../use-settings.ts';
import styles from './callback-settings.module.css';

/** The wait before each attempt, as text; kept as soon as it can be read. */
export function ScheduleSetting(props: {
  scheduleMs: readonly number[];
  said: SettingSaid | null;
  onChange: (scheduleMs: number[]) => void;
}) {
  const id = useId();
  const [text, setText] = useState(scheduleText(props.scheduleMs));
  const { problem } = parseScheduleText(text);
  const own = props.said?.name === 'callbackScheduleMs' ? props.said : null;
  const isDefault = scheduleText(props.scheduleMs) === scheduleText(DEFAULT_CALLBACK_SCHEDULE_MS);

  const take = (changed: string) => {
    setText(changed);
    const { scheduleMs } = parseScheduleText(changed);
    if (scheduleMs !== null) props.onChange(scheduleMs);
  };
  return (
    <div className={styles.schedule}>
      <TextField
        label="Attempts"
        mono
        value={text}
        onChange={take}
        hint={summary(props.scheduleMs)}
        error={problem ?? own?.problem ?? undefined}
      />
      <div className={styles.under}>
        <span id={id} className={styles.saved} role="status">
          {own !== null && own.problem === null && problem === null ? (
            <>
              <IconCheck size={13} stroke={2.5} aria-hidden="true" /> Saved
            </>
          ) : null}
        </span>
        {isDefault && problem === null ? null : (
          <Button variant="quiet" onClick={() => take(scheduleText(DEFAULT_CALLBACK_SCHEDULE_MS))}>
            Reset to default
          </Button>
        )}
      </div>
    </div>
  );
}

function summary(scheduleMs: readonly number[]): string {
  const total = scheduleMs.reduce((sum, each) => sum + each, 0);
  const times = scheduleMs.length === 1 ? 'Tried once' : `Tried ${scheduleMs.length} times`;
  return `The wait before each attempt, from the end of the one before. ${times} within ${planDuration(total)}, then given up.`;
}
