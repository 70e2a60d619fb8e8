import { Segmented } from '../../components/segmented/segmented.tsx';
import { SettingRow } from './setting-row.tsx';
import { SlotsSetting } from './slots-setting.tsx';
import type { SettingsPageProps } from './use-settings.ts';

const SWITCHES = [
  {
    name: 'keepAwake',
    label: 'Keep awake',
    hint: 'The machine does not go to sleep while jobs run. Its screen still may.',
  },
  {
    name: 'pauseOnBattery',
    label: 'Pause on battery',
    hint: 'Nothing is started while the machine runs on its battery. What runs goes on.',
  },
  {
    name: 'waitForNetwork',
    label: 'Wait for the network',
    hint: 'Requests and model calls to other machines wait while there is no network.',
  },
] as const;

/** How many jobs run, and what holds them back. */
export function RunningSettings({ settings, said, change }: SettingsPageProps) {
  return (
    <>
      <SlotsSetting slots={settings.slots} said={said} onChange={(slots) => void change('slots', slots)} />
      {SWITCHES.map(({ name, label, hint }) => (
        <SettingRow key={name} name={name} label={label} hint={hint} said={said}>
          <Segmented
            label={label}
            value={settings[name] ? 'on' : 'off'}
            options={[
              { value: 'off', label: 'Off' },
              { value: 'on', label: 'On' },
            ]}
            onChange={(value) => void change(name, value === 'on')}
          />
        </SettingRow>
      ))}
    </>
  );
}
