import { Menu } from '@mantine/core';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import {
  IconBan,
  IconCopy,
  IconDots,
  IconExternalLink,
  IconRotateClockwise,
} from '../../../components/icons.ts';
import type { DeliveryRow } from '../../../db/delivery-row.ts';
import { useCallbackActions } from '../../../services/use-callback-actions.ts';
import { useDialog } from '../../../store/dialog-store.ts';
import { targetsOf } from '../../../sync/callbacks.ts';
import { sendWord, whatCanBeDoneWith } from '../../../words/callback-words.ts';
import styles from './delivery-card.module.css';

/** What can be done with one message: again, elsewhere, no more, or by hand. */
export function DeliveryActions({ row }: { row: DeliveryRow }) {
  const actions = useCallbackActions();
  const open = useDialog((state) => state.open);
  const can = whatCanBeDoneWith(row.state);
  const { id, jobId, delivery } = row;
  return (
    <div className={styles.actions}>
      {can.send ? (
        <Button icon={<IconRotateClockwise size={15} />} onClick={() => void actions.send(targetsOf([row]))}>
          {sendWord(row.state)}
        </Button>
      ) : null}
      {can.stop ? (
        <Button icon={<IconBan size={15} />} onClick={() => void actions.stop([id])}>
          Stop
        </Button>
      ) : null}
      <Button icon={<IconCopy size={15} />} onClick={() => void actions.copyAsCurl(id)}>
        Copy as curl
      </Button>
      <Menu position="bottom-end" offset={4} transitionProps={{ duration: 0 }} withinPortal>
        <Menu.Target>
          <IconButton label="More to do with this callback" icon={<IconDots size={17} />} />
        </Menu.Target>
        <Menu.Dropdown aria-label="More to do with this callback">
          <Menu.Item
            leftSection={<IconExternalLink size={15} />}
            onClick={() => open({ kind: 'send-callback', jobId, deliveryId: id, url: delivery.url })}
          >
            Send to another URL…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
