import { type MouseEvent, memo } from 'react';
import { formatExact } from '../../components/format/relative-time.ts';
import { useNow } from '../../components/format/use-now.ts';
import { Cell, When } from '../../components/grid-cell/grid-cell.tsx';
import { StatusIcon } from '../../components/status-icon/status-icon.tsx';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { attemptOutcome, DELIVERY_LOOKS, deliverySentence } from '../../words/callback-words.ts';
import styles from './callback-list.module.css';

/** The id of a row's element, for `aria-activedescendant`. */
export function lineId(row: Pick<DeliveryRow, 'id'>): string {
  return `callback-${row.id}`;
}

/** One callback: of which job, to where, how it stands, and how its last attempt went. */
export const CallbackLine = memo(function CallbackLine(props: {
  row: DeliveryRow;
  index: number;
  top: number;
  isSelected: boolean;
  isActive: boolean;
  onPress: (event: MouseEvent, row: DeliveryRow) => void;
}) {
  const { row, isSelected } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      role="row"
      id={lineId(row)}
      aria-rowindex={props.index + 2}
      aria-selected={isSelected}
      data-active={props.isActive || undefined}
      className={styles.line}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => props.onPress(event, row)}
    >
      <Cell className={styles.icon}>
        <StatusIcon look={DELIVERY_LOOKS[row.state]} />
      </Cell>
      <Cell className={styles.what}>
        <span className={styles.name}>{row.jobName}</span>
        <span className={styles.url}>{row.delivery.url}</span>
      </Cell>
      <State row={row} />
      <When className={styles.when} atMs={row.updatedAtMs} />
    </div>
  );
});

/** The names of the columns. */
export function CallbackHeader() {
  const columns = [
    ['Status', styles.icon],
    ['Job and URL', styles.what],
    ['State', styles.state],
    ['Changed', styles.when],
  ] as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="row" aria-rowindex={1} className={`${styles.line} ${styles.header}`}>
      {columns.map(([name, look]) => (
        // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        <span key={name} role="columnheader" className={look}>
          <span className={name === 'Status' ? 'visually-hidden' : undefined}>{name}</span>
        </span>
      ))}
    </div>
  );
}

function State({ row: { delivery, state } }: { row: DeliveryRow }) {
  const now = useNow(state === 'due' ? 1000 : 15_000);
  const last = delivery.attempts.at(-1);
  const next = delivery.nextAttemptAt;
  return (
    <Cell className={styles.state} title={next === null ? undefined : formatExact(Date.parse(next))}>
      <span className={styles[state]}>{deliverySentence(delivery, now)}</span>
      <span className={styles.last}>
        {last === undefined || state === 'delivered' ? '' : (last.error ?? attemptOutcome(last))}
      </span>
    </Cell>
  );
}
