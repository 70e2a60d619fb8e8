import { MAX_BACKUPS_KEPT } from '#shared/contract/backups.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { CountSetting } from '../callbacks/count-setting.tsx';
import { SettingRow } from '../setting-row.tsx';
import type { SettingsPageProps } from '../use-settings.ts';
import { NewestBackup } from './newest-backup.tsx';
import { Retention } from './retention.tsx';
import { Storage } from './storage.tsx';

const INTERVALS = [
  { value: 'off', label: 'Off', hours: null },
  { value: '6', label: '6 hours', hours: 6 },
  { value: '24', label: 'Day', hours: 24 },
  { value: '168', label: 'Week', hours: 168 },
] as const;

/** Backups of the history, what of it is kept, and where. */
export function HistorySettings({ settings, said, change }: SettingsPageProps) {
  const { backupEveryHours } = settings;
  const known = INTERVALS.find(({ hours }) => hours === backupEveryHours);
  // One that was set elsewhere is shown, too.
  const options = known ? INTERVALS : [...INTERVALS, otherInterval(backupEveryHours)];
  return (
    <>
      <NewestBackup />
      <SettingRow
        name="backupEveryHours"
        label="Back up every"
        hint="While the window is open; not where nothing has changed."
        said={said}
      >
        <Segmented
          label="Back up every"
          value={known?.value ?? 'other'}
          options={options}
          onChange={(value) => {
            const chosen = options.find((each) => each.value === value);
            if (chosen !== undefined) void change('backupEveryHours', chosen.hours);
          }}
        />
      </SettingRow>
      <CountSetting
        name="backupsKept"
        label="Backups that are kept"
        hint="The newest, and besides them one of each of the last four weeks."
        max={MAX_BACKUPS_KEPT}
        value={settings.backupsKept}
        said={said}
        onChange={(count) => void change('backupsKept', count)}
      />
      <Retention
        retention={settings.retention}
        said={said}
        onChange={(retention) => change('retention', retention)}
      />
      <Storage />
    </>
  );
}

function otherInterval(hours: number | null) {
  return { value: 'other', label: `${hours} hours`, hours } as const;
}
