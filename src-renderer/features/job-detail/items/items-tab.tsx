import { useRef, useState } from 'react';
import { ITEM_STATUSES, type ItemStatus, type ItemStatusCounts } from '#shared/job/items.ts';
import { Button } from '../../../components/button/button.tsx';
import { IconFileExport, IconRotateClockwise } from '../../../components/icons.ts';
import { isInRunner, type JobRow } from '../../../db/job-row.ts';
import { useServices } from '../../../services/services.tsx';
import { useJobActions } from '../../../services/use-job-actions.ts';
import { useProgress } from '../../../services/use-progress.ts';
import { useDialog } from '../../../store/dialog-store.ts';
import { formatCount } from '../../../words/count-words.ts';
import { countsOf, emptyWords } from './absent-items.ts';
import { BatchBar } from './batch-bar.tsx';
import { ItemDetail } from './item-detail.tsx';
import { ItemLines } from './item-lines.tsx';
import { ITEM_STATUS_WORDS } from './item-row.ts';
import styles from './items-tab.module.css';
import { rerunChain } from './rerun-chain.ts';
import { useItemList } from './use-item-list.ts';

/** The items of a batch: how far it is, each with what came of it, and what can be done with all of them. */
export function ItemsTab({ row }: { row: JobRow }) {
  const isLive = isInRunner(row);
  const progress = useProgress(row.id, isLive);
  const [status, setStatus] = useState<ItemStatus | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [place, setPlace] = useState(0);
  const seen = useRef({ first: 0, last: 0 });
  const { list, snapshot } = useItemList(row.id, status, isLive, seen);
  const listed = progress?.batch?.counts ?? snapshot.counts;

  if (open !== null) {
    return <ItemDetail row={row} index={open} isLive={isLive} onBack={() => setOpen(null)} />;
  }
  if (snapshot.error !== null && snapshot.rows.length === 0) {
    return <p className={styles.nothing}>{snapshot.error}</p>;
  }
  if (listed === null) return null;
  const counts = countsOf(row, listed);
  return (
    <div className={styles.tab}>
      <BatchBar counts={counts} progress={progress?.batch ?? null} />
      <div className={styles.tools}>
        <StatusChoice
          counts={counts}
          status={status}
          onChange={(chosen) => {
            setPlace(0);
            setStatus(chosen);
          }}
        />
        <BatchActions row={row} counts={listed} />
      </div>
      {snapshot.rows.length === 0 ? (
        <p className={styles.nothing}>{emptyWords(row, status, counts)}</p>
      ) : (
        <ItemLines
          key={status ?? 'all'}
          list={list}
          snapshot={snapshot}
          seen={seen}
          initial={place}
          onOpen={(item, at) => {
            setPlace(at);
            setOpen(item.index);
          }}
        />
      )}
    </div>
  );
}

function StatusChoice(props: {
  counts: ItemStatusCounts;
  status: ItemStatus | null;
  onChange: (status: ItemStatus | null) => void;
}) {
  const { counts, status } = props;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <select
      aria-label="Which items"
      className={styles.choice}
      value={status ?? 'all'}
      onChange={(event) => {
        const chosen = ITEM_STATUSES.find((each) => each === event.currentTarget.value);
        props.onChange(chosen ?? null);
      }}
    >
      <option value="all">All items ({formatCount(total)})</option>
      {ITEM_STATUSES.filter((each) => counts[each] > 0 || each === status).map((each) => (
        <option key={each} value={each}>
          {ITEM_STATUS_WORDS[each]} ({formatCount(counts[each])})
        </option>
      ))}
    </select>
  );
}

function BatchActions({ row, counts }: { row: JobRow; counts: ItemStatusCounts }) {
  const { db } = useServices();
  const actions = useJobActions();
  const notCompleted = counts.failed + counts.cancelled;
  const isOver = !isInRunner(row) && row.bucket !== 'created';
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);

  const exportResults = async () => {
    const jobIds = await rerunChain(db, row);
    useDialog.getState().open({ kind: 'export-results', jobIds, name: row.name, total });
  };

  return (
    <div className={styles.actions}>
      {isOver && notCompleted > 0 ? (
        <Button icon={<IconRotateClockwise size={15} />} onClick={() => void actions.rerunFailed([row.id])}>
          Re-run failed only
        </Button>
      ) : null}
      <Button icon={<IconFileExport size={15} />} disabled={total === 0} onClick={() => void exportResults()}>
        Export results…
      </Button>
    </div>
  );
}
