import { Segmented } from '../../components/segmented/segmented.tsx';
import { About } from './about.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SettingsPageProps } from './use-settings.ts';

/** How the window looks, and what it tells. */
export function GeneralSettings({ settings, said, change }: SettingsPageProps) {
  return (
    <>
      <SettingRow name="theme" label="Theme" said={said}>
        <Segmented
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => void change('theme', theme)}
        />
      </SettingRow>
      <SettingRow
        name="notifyWhen"
        label="Notifications"
        hint="When a job has ended. A click on one shows the job."
        said={said}
      >
        <Segmented
          label="Notifications"
          value={settings.notifyWhen}
          options={[
            { value: 'all', label: 'All' },
            { value: 'failures', label: 'Failures only' },
            { value: 'none', label: 'None' },
          ]}
          onChange={(notifyWhen) => void change('notifyWhen', notifyWhen)}
        />
      </SettingRow>
      <SettingRow
        name="whenClosed"
        label="Closing the window"
        hint="What becomes of jobs that are running."
        said={said}
      >
        <Segmented
          label="Closing the window while jobs run"
          value={settings.whenClosed}
          options={[
            { value: 'ask', label: 'Ask' },
            { value: 'keep-running', label: 'Keep running' },
            { value: 'quit', label: 'Stop and quit' },
          ]}
          onChange={(whenClosed) => void change('whenClosed', whenClosed)}
        />
      </SettingRow>
      <About />
    </>
  );
}
