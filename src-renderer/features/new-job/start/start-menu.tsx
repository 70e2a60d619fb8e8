import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import type { OpenAiBatchFile } from '#shared/contract/items.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { Button } from '../../../components/button/button.tsx';
import { IconChevronDown } from '../../../components/icons.ts';
import { type Example, examples, startingPoints } from '../../../services/examples.ts';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';
import styles from './start.module.css';

/** What a new job can begin with: an example, or a file of requests. */
export function StartMenu(props: {
  onPick: (document: BatchJobDocument) => void;
  onOpenAiBatch: (file: OpenAiBatchFile) => void;
}) {
  const { api } = useServices();
  const [ready, toFill] = useMemo(() => [examples(), startingPoints()] as const, []);
  const openFile = async () => {
    const chosen = await api.chooseFile({ what: 'openai-batch' });
    if (!chosen.ok) return showError('The dialog for files could not be opened.', chosen.error);
    if (chosen.value === null) return;
    const found = await api.inspectOpenAiBatch({ path: chosen.value.path });
    if (found.ok) props.onOpenAiBatch(found.value);
    else showError('The file could not be read.', found.error);
  };
  const item = ({ name, notes, document }: Example) => (
    <Menu.Item key={name} title={notes} onClick={() => props.onPick(withoutIdentity(document))}>
      {name}
    </Menu.Item>
  );
  return (
    <div className={styles.menu}>
      <Menu position="bottom-start" offset={4} transitionProps={{ duration: 0 }} withinPortal>
        <Menu.Target>
          <Button>
            <span className={styles.withChevron}>
              Start from an example <IconChevronDown size={14} />
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label="Examples">
          <Menu.Label className={styles.label}>To run as they are</Menu.Label>
          {ready.map(item)}
          <Menu.Divider />
          <Menu.Label className={styles.label}>To fill in</Menu.Label>
          {toFill.map(item)}
        </Menu.Dropdown>
      </Menu>
      <Button onClick={() => void openFile()}>From an OpenAI Batch file…</Button>
    </div>
  );
}

/** A copy is a job of its own: it gets its own id and time. */
function withoutIdentity({ id: _id, created_at: _at, ...document }: BatchJobDocument): BatchJobDocument {
  return document;
}
