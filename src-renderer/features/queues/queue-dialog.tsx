import { useState } from 'react';
import { unwrap } from '#shared/contract/result.ts';
import { DEFAULT_QUEUE, type QueueMode, type QueueState } from '#shared/contract/runner-state.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { errorSentence } from '../../db/database-problem.ts';
import { useServices } from '../../services/services.tsx';
import { useRunnerStatus } from '../../services/use-runner-status.ts';
import { countOf } from '../../words/count-words.ts';
import styles from './queue-dialog.module.css';
import { nameProblem, parseQueueSlots, slotsProblem } from './queue-form.ts';

const MODES: readonly { value: QueueMode; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'paused', label: 'Paused' },
  { value: 'draining', label: 'Draining' },
];

const MODE_WORDS: Record<QueueMode, string> = {
  open: 'Its jobs start as there is room.',
  paused: 'It starts nothing. What runs goes on, and new jobs wait.',
  draining: 'It runs what it has and takes no new jobs, until it is open again.',
};

/** A queue: what it is called, how many of its jobs run at a time, and whether it starts any. */
export function QueueDialog({ name, onClose }: { name: string | null; onClose: () => void }) {
  const status = useRunnerStatus();
  if (status === null || typeof status === 'string') return null;
  const queue = status.queues.find((each) => each.name === name) ?? null;
  const taken = status.queues.map((each) => each.name);
  return <QueueForm queue={queue} taken={taken} slots={status.slots} onClose={onClose} />;
}

function QueueForm(props: {
  /** Null for a new one. */
  queue: QueueState | null;
  taken: readonly string[];
  /** Of the runner. */
  slots: number;
  onClose: () => void;
}) {
  const { queue, onClose } = props;
  const { api } = useServices();
  const [name, setName] = useState(queue?.name ?? '');
  const [slots, setSlots] = useState(queue?.slots == null ? '' : String(queue.slots));
  const [mode, setMode] = useState<QueueMode>(queue?.mode ?? 'open');
  const [wasTried, setWasTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wrongName = queue === null ? nameProblem(name, props.taken) : null;
  const wrongSlots = slotsProblem(slots);

  const attempt = async (action: () => Promise<unknown>) => {
    try {
      await action();
      onClose();
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  const save = () => {
    setWasTried(true);
    if (wrongName !== null || wrongSlots !== null) return;
    const settings = { name: name.trim(), slots: parseQueueSlots(slots), mode };
    void attempt(async () => unwrap(await api.saveQueue(settings)));
  };
  const remove = () => void attempt(async () => queue && unwrap(await api.removeQueue({ name: queue.name })));

  const jobs = queue === null ? 0 : queue.running + queue.pending;
  return (
    <Dialog
      opened
      onClose={onClose}
      onGoAhead={save}
      title={queue === null ? 'New queue' : queue.name}
      subtitle={queue === null ? undefined : `${queue.running} running, ${queue.pending} waiting`}
      size="s"
      focusesField={queue === null}
      footerNote={
        queue !== null && queue.name !== DEFAULT_QUEUE ? (
          <Button
            variant="danger"
            disabled={jobs > 0}
            title={jobs > 0 ? `It has ${countOf(jobs, 'job')}.` : undefined}
            onClick={remove}
          >
            Remove
          </Button>
        ) : null
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            {queue === null ? 'Make queue' : 'Save'}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
        {queue === null ? (
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            autoFocus
            placeholder="downloads"
            error={wasTried || name !== '' ? (wrongName ?? undefined) : undefined}
          />
        ) : null}
        <TextField
          label="Jobs at a time"
          inputMode="numeric"
          value={slots}
          onChange={setSlots}
          placeholder={`As many as there are slots (${props.slots})`}
          hint="Leave it empty for as many as the runner has slots."
          error={wrongSlots ?? undefined}
        />
        <div className={styles.mode}>
          <Segmented label="State" value={mode} options={MODES} onChange={setMode} />
          <p className={styles.note} role="status">
            {MODE_WORDS[mode]}
          </p>
        </div>
      </div>
    </Dialog>
  );
}
