import { unwrap } from '#shared/contract/result.ts';
import type { QueueState } from '#shared/contract/runner-state.ts';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlus } from '../../components/icons.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { useRunnerStatus } from '../../services/use-runner-status.ts';
import { useDialog } from '../../store/dialog-store.ts';
import { formatCount } from '../../words/count-words.ts';
import styles from './queue-list.module.css';
import sidebarStyles from './sidebar.module.css';

/** The queues, each with what it runs and holds, and a switch that pauses it. */
export function QueueList() {
  const status = useRunnerStatus();
  const open = useDialog((state) => state.open);
  if (status === null || typeof status === 'string') return null;
  return (
    <section aria-label="Queues">
      <div className={styles.head}>
        <h2 className={sidebarStyles.heading}>Queues</h2>
        <IconButton
          label="New queue"
          className={styles.small}
          icon={<IconPlus size={14} />}
          onClick={() => open({ kind: 'queue', name: null })}
        />
      </div>
      <ul className={sidebarStyles.list}>
        {status.queues.map((queue) => (
          <QueueItem key={queue.name} queue={queue} slots={queue.slots ?? status.slots} />
        ))}
      </ul>
    </section>
  );
}

function QueueItem({ queue, slots }: { queue: QueueState; slots: number }) {
  const { api } = useServices();
  const open = useDialog((state) => state.open);
  const isOpen = queue.mode === 'open';

  const toggle = async () => {
    try {
      const { name, slots: own } = queue;
      unwrap(await api.saveQueue({ name, slots: own, mode: isOpen ? 'paused' : 'open' }));
    } catch (error) {
      showError(`The queue "${queue.name}" could not be ${isOpen ? 'paused' : 'resumed'}.`, error);
    }
  };

  return (
    <li className={styles.queue}>
      <button
        type="button"
        className={sidebarStyles.item}
        title={`${queue.running} of ${slots} running, ${queue.pending} waiting`}
        onClick={() => open({ kind: 'queue', name: queue.name })}
      >
        <span className={sidebarStyles.label}>{queue.name}</span>
        <span className={sidebarStyles.count}>{countWords(queue)}</span>
      </button>
      <IconButton
        label={`${isOpen ? 'Pause' : 'Resume'} the queue ${queue.name}`}
        className={styles.small}
        data-stopped={!isOpen || undefined}
        icon={isOpen ? <IconPlayerPauseFilled size={12} /> : <IconPlayerPlayFilled size={12} />}
        onClick={() => void toggle()}
      />
    </li>
  );
}

function countWords({ mode, running, pending }: QueueState): string {
  if (mode === 'paused') return pending > 0 ? `paused, ${formatCount(pending)}` : 'paused';
  if (mode === 'draining') return 'draining';
  return running + pending > 0 ? formatCount(running + pending) : '';
}
