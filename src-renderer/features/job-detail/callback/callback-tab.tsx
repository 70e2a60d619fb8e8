import { useState } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { ExactText } from '../../../components/exact-text/exact-text.tsx';
import type { JobRow } from '../../../db/job-row.ts';
import { useCallbackActions } from '../../../services/use-callback-actions.ts';
import { useRunnerStatus } from '../../../services/use-runner-status.ts';
import { useCallbackView } from '../../../store/callback-store.ts';
import { unsentSentence } from '../../../words/callback-words.ts';
import styles from './callback-tab.module.css';
import { DeliveryCard } from './delivery-card.tsx';
import { useDeliveries } from './use-deliveries.ts';

const PAGE = 50;

/** Every message that was or is to be posted about the job, with every attempt, and what can be done with them. */
export function CallbackTab({ row }: { row: JobRow }) {
  const [limit, setLimit] = useState(PAGE);
  const shown = useCallbackView((view) => view.shown);
  const [toggled, setToggled] = useState<ReadonlyMap<DeliveryId, boolean>>(new Map());
  const deliveries = useDeliveries(row.id, limit, shown);
  if (deliveries === undefined) return null;
  const { rows, hasMore } = deliveries;
  if (rows.length === 0) return <NothingSent row={row} />;
  const opened = rows.some(({ id }) => id === shown) ? shown : rows[0]?.id;
  const isOpen = (id: DeliveryId) => toggled.get(id) ?? id === opened;
  return (
    <div className={styles.tab}>
      {rows.some(({ state }) => state === 'due') ? <NetworkNote /> : null}
      <ul className={styles.list} aria-label="Callbacks of this job">
        {rows.map((delivery) => (
          <li key={delivery.id} className={styles.item}>
            <DeliveryCard
              row={delivery}
              isOpen={isOpen(delivery.id)}
              isShown={delivery.id === shown}
              onToggle={() => setToggled(new Map([...toggled, [delivery.id, !isOpen(delivery.id)]]))}
            />
          </li>
        ))}
      </ul>
      {hasMore ? (
        <Button className={styles.more} onClick={() => setLimit(limit + PAGE)}>
          Show earlier ones
        </Button>
      ) : null}
    </div>
  );
}

/** For a job whose callback was not sent yet, or never. */
function NothingSent({ row: { job, id } }: { row: JobRow }) {
  const actions = useCallbackActions();
  return (
    <div className={styles.tab}>
      {job.callback_url === null ? null : (
        <p className={styles.url}>
          <ExactText>{job.callback_url}</ExactText>
        </p>
      )}
      <p className={styles.nothing}>{unsentSentence(job)}</p>
      {isTerminal(job.status) && job.callback_url !== null ? (
        <Button
          className={styles.more}
          onClick={() => void actions.send([{ jobId: id, deliveryId: null, url: null }])}
        >
          Send now
        </Button>
      ) : null}
    </div>
  );
}

function NetworkNote() {
  const status = useRunnerStatus();
  const isOffline =
    typeof status === 'object' && status?.holds.some(({ reason }) => reason === 'network') === true;
  return isOffline ? (
    <Banner tone="info">
      There is no network. Callbacks to other machines wait, and go on by themselves when it is back.
    </Banner>
  ) : null;
}
