import { useEffect, useId, useRef } from 'react';
import type { Delivery } from '#shared/callback/delivery.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { ExactText } from '../../../components/exact-text/exact-text.tsx';
import { formatAgo, formatExact } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { IconChevronDown, IconChevronRight } from '../../../components/icons.ts';
import { StatusIcon } from '../../../components/status-icon/status-icon.tsx';
import type { DeliveryRow } from '../../../db/delivery-row.ts';
import { useCallbackActions } from '../../../services/use-callback-actions.ts';
import { DELIVERY_LOOKS, deliverySentence, deliveryTypeWords } from '../../../words/callback-words.ts';
import { AttemptList } from './attempt-list.tsx';
import { BodyPreview } from './body-preview.tsx';
import { DeliveryActions } from './delivery-actions.tsx';
import styles from './delivery-card.module.css';

/** One message: how it stands in a line, and opened all there is to know of it. */
export function DeliveryCard(props: {
  row: DeliveryRow;
  isOpen: boolean;
  /** It was chosen elsewhere, and is brought into sight. */
  isShown: boolean;
  onToggle: () => void;
}) {
  const { row, isOpen, isShown } = props;
  const { delivery } = row;
  const id = useId();
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isShown) head.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <button
        ref={head}
        type="button"
        className={styles.head}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={props.onToggle}
      >
        <Chevron size={14} className={styles.chevron} aria-hidden="true" />
        <StatusIcon look={DELIVERY_LOOKS[row.state]} />
        <span className={styles.words}>
          <span className={styles.line}>
            <span className={styles.title}>{deliveryTypeWords(delivery.type)}</span>
            <State delivery={delivery} />
          </span>
          <span className={styles.url}>
            <ExactText>{delivery.url}</ExactText>
          </span>
        </span>
      </button>
      <div id={id} hidden={!isOpen} className={styles.body}>
        {isOpen ? (
          <>
            {row.state === 'held' ? <HeldNote delivery={delivery} /> : <Reason delivery={delivery} />}
            <DeliveryActions row={row} />
            <AttemptList delivery={delivery} />
            <BodyPreview id={delivery.id} />
          </>
        ) : null}
      </div>
    </div>
  );
}

/** How it stands, as it changes: the next try counts down, with its time on hover. */
function State({ delivery }: { delivery: Delivery }) {
  const now = useNow(1000);
  const atMs = Date.parse(delivery.nextAttemptAt ?? delivery.updatedAt);
  const isOver = delivery.nextAttemptAt === null;
  return (
    <time className={styles.state} dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {deliverySentence(delivery, now)}
      {isOver ? `, ${agoWords(atMs, now)}` : ''}
    </time>
  );
}

function agoWords(atMs: number, now: number): string {
  const ago = formatAgo(atMs, now);
  if (ago === 'now') return 'just now';
  return now - atMs < 7 * 24 * 3_600_000 ? `${ago} ago` : ago;
}

function Reason({ delivery: { reason, state } }: { delivery: Delivery }) {
  if (reason === null) return null;
  return <Banner tone={state === 'abandoned' ? 'bad' : 'info'}>{reason}</Banner>;
}

/** Where a held one leads, and what allowing it means. */
function HeldNote({ delivery: { reason, url } }: { delivery: Delivery }) {
  const actions = useCallbackActions();
  const origin = URL.parse(url)?.origin ?? url;
  return (
    <Banner
      tone="warn"
      action={
        <Button variant="primary" onClick={() => void actions.allow(origin)}>
          Allow
        </Button>
      }
    >
      <p>{reason ?? `${origin} is on this computer or in its network.`}</p>
      <p className={styles.means}>
        If you allow it, callbacks of every job may go to {origin} from now on, and what answers there gets
        the result of this one at once.
      </p>
    </Banner>
  );
}
