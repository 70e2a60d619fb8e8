import { useState } from 'react';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Tabs } from '../../components/tabs/tabs.tsx';
import type { SettingsPage } from '../../store/dialog-store.ts';
import { CallbackSettings } from './callbacks/callback-settings.tsx';
import { GeneralSettings } from './general-settings.tsx';
import { HistorySettings } from './history/history-settings.tsx';
import { ProfilesPage } from './models/profiles-page.tsx';
import { RunningSettings } from './running-settings.tsx';
import { SecretsPage } from './secrets/secrets-page.tsx';
import styles from './settings-dialog.module.css';
import { useSettings } from './use-settings.ts';

const PAGES = [
  { value: 'general', label: 'General' },
  { value: 'running', label: 'Running' },
  { value: 'callbacks', label: 'Callbacks' },
  { value: 'history', label: 'History' },
  { value: 'models', label: 'Models' },
  { value: 'secrets', label: 'Secrets' },
] as const satisfies readonly { value: SettingsPage; label: string }[];
const KEPT_AT_ONCE: readonly SettingsPage[] = ['general', 'running', 'callbacks', 'history'];

/** What can be set; each change is kept at once. */
export function SettingsDialog(props: { page: SettingsPage; onClose: () => void }) {
  const { onClose } = props;
  const { settings, problem, said, change } = useSettings();
  const [page, setPage] = useState(props.page);
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Settings"
      size="m"
      padded={false}
      footerNote={KEPT_AT_ONCE.includes(page) ? 'Changes are kept as you make them.' : null}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <div className={styles.pages}>
        <Tabs label="Settings" value={page} items={PAGES} onChange={setPage}>
          <div className={styles.settings}>
            {problem === null ? null : <Banner tone="bad">The settings could not be read. {problem}</Banner>}
            {page === 'models' ? <ProfilesPage /> : null}
            {page === 'secrets' ? <SecretsPage /> : null}
            {settings !== null && page === 'general' ? (
              <GeneralSettings settings={settings} said={said} change={change} />
            ) : null}
            {settings !== null && page === 'running' ? (
              <RunningSettings settings={settings} said={said} change={change} />
            ) : null}
            {settings !== null && page === 'callbacks' ? (
              <CallbackSettings settings={settings} said={said} change={change} />
            ) : null}
            {settings !== null && page === 'history' ? (
              <HistorySettings settings={settings} said={said} change={change} />
            ) : null}
          </div>
        </Tabs>
      </div>
    </Dialog>
  );
}
