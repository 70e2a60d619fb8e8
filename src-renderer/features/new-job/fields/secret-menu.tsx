import { Menu } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { IconChevronDown } from '../../../components/icons.ts';
import { useServices } from '../../../services/services.tsx';
import { useDialog } from '../../../store/dialog-store.ts';
import styles from './fields.module.css';

/** The names of the saved secrets, read when it is opened; the one that is chosen is filled in when the job runs. */
export function SecretMenu({
  where,
  onPick,
}: {
  where: string;
  onPick: (placeholder: string, name: string) => void;
}) {
  const { api } = useServices();
  const [names, setNames] = useState<readonly string[] | string>([]);
  const read = async () => {
    const answer = await api.listSecrets();
    setNames(answer.ok ? answer.value.names : answer.error.message);
  };
  return (
    <Menu
      position="bottom-end"
      offset={4}
      transitionProps={{ duration: 0 }}
      withinPortal
      returnFocus={false}
      onOpen={() => void read()}
    >
      <Menu.Target>
        <Button variant="quiet" className={styles.small} aria-label={`Insert a secret into ${where}`}>
          <span className={styles.withChevron}>
            Secret <IconChevronDown size={12} />
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Secrets">
        {typeof names === 'string' ? <Menu.Label>The secrets could not be read. {names}</Menu.Label> : null}
        {names.length === 0 ? <Menu.Label>No secret is saved yet.</Menu.Label> : null}
        {typeof names === 'string'
          ? null
          : names.map((name) => (
              // After the menu has closed and given the focus back, which the field then takes.
              <Menu.Item
                key={name}
                onClick={() => requestAnimationFrame(() => onPick(`{{secret.${name}}}`, name))}
              >
                <code className={styles.code}>{name}</code>
              </Menu.Item>
            ))}
        <Menu.Divider />
        <Menu.Item onClick={() => useDialog.getState().open({ kind: 'settings' })}>
          Manage secrets in Settings
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
