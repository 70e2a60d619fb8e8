import { CALLBACK_ENDS, type CallbackEnd } from '#shared/callback/delivery.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { SettingRow } from '../setting-row.tsx';
import type { SettingsPageProps } from '../use-settings.ts';
import { CallbackKeys } from './callback-keys.tsx';
import styles from './callback-settings.module.css';
import { CountSetting } from './count-setting.tsx';
import { ScheduleSetting } from './schedule-setting.tsx';

const END_WORDS: Record<CallbackEnd, string> = {
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

/** Which ends are told to callback URLs, how often and how many at a time, and what they are signed with. */
export function CallbackSettings({ settings, said, change }: SettingsPageProps) {
  const toggle = (end: CallbackEnd, isOn: boolean) =>
    void change(
      'callbackEnds',
      CALLBACK_ENDS.filter((each) => (each === end ? isOn : settings.callbackEnds.includes(each))),
    );
  return (
    <>
      <SettingRow
        name="callbackEnds"
        label="Ends that are told"
        hint="What a job with a callback URL posts there."
        said={said}
      >
        <fieldset className={styles.ends}>
          <legend className="visually-hidden">Ends that are told</legend>
          {CALLBACK_ENDS.map((end) => (
            <label key={end} className={styles.end}>
              <input
                type="checkbox"
                checked={settings.callbackEnds.includes(end)}
                onChange={(event) => toggle(end, event.currentTarget.checked)}
              />
              {END_WORDS[end]}
            </label>
          ))}
        </fieldset>
      </SettingRow>
      <SettingRow
        name="callbackItems"
        label="Items of batches"
        hint="They are told as they end, several in one message, besides the end of the batch."
        said={said}
      >
        <Segmented
          label="Items of batches"
          value={settings.callbackItems ? 'on' : 'off'}
          options={[
            { value: 'off', label: 'Off' },
            { value: 'on', label: 'On' },
          ]}
          onChange={(value) => void change('callbackItems', value === 'on')}
        />
      </SettingRow>
      <ScheduleSetting
        scheduleMs={settings.callbackScheduleMs}
        said={said}
        onChange={(scheduleMs) => void change('callbackScheduleMs', scheduleMs)}
      />
      <CountSetting
        name="callbacksAtATime"
        label="At a time"
        hint="How many callbacks are on their way at most."
        max={256}
        value={settings.callbacksAtATime}
        said={said}
        onChange={(count) => void change('callbacksAtATime', count)}
      />
      <CountSetting
        name="callbacksPerHost"
        label="At a time to one host"
        hint="A slow receiver keeps nobody else’s waiting."
        max={64}
        value={settings.callbacksPerHost}
        said={said}
        onChange={(count) => void change('callbacksPerHost', count)}
      />
      <CallbackKeys />
    </>
  );
}
