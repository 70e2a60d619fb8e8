import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { About } from './about.tsx';
import { SettingRow } from './setting-row.tsx';
import styles from './settings-dialog.module.css';
import { SlotsSetting } from './slots-setting.tsx';
import { useSettings } from './use-settings.ts';

/** What can be set; each change is kept at once. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { settings, problem, said, change } = useSettings();
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Settings"
      size="m"
      footerNote="Changes are kept as you make them."
      footer={<Button onClick={onClose}>Done</Button>}
    >
      {problem === null ? null : <Banner tone="bad">The settings could not be read. {problem}</Banner>}
      {settings === null ? null : (
        <div className={styles.settings}>
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
          <SlotsSetting
            slots={settings.slots}
            said={said}
            onChange={(slots) => void change('slots', slots)}
          />
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
        </div>
      )}
    </Dialog>
  );
}
