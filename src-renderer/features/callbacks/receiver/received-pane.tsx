import { type KeyboardEvent, useRef, useState } from 'react';
import type { ReceivedCallback } from '#shared/contract/callbacks.ts';
import { formatClock, formatExact } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { StatusIcon } from '../../../components/status-icon/status-icon.tsx';
import { countOf } from '../../../words/count-words.ts';
import { ReceivedDetail } from './received-detail.tsx';
import styles from './receiver.module.css';
import { VERDICT_LOOKS, VERDICT_WORDS } from './receiver-form.ts';

/** What arrived, newest first, and beside it the chosen one in full. */
export function ReceivedPane(props: {
  received: readonly ReceivedCallback[];
  total: number;
  isListening: boolean;
}) {
  const { received, total, isListening } = props;
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = received.find(({ number }) => number === chosen) ?? received[0];
  return (
    <div className={styles.arrived}>
      <p className="visually-hidden" role="status">
        {countOf(total, 'request')} arrived
      </p>
      {shown === undefined ? (
        <p className={styles.nothing}>
          {isListening
            ? 'Nothing has arrived yet. Give a job this callback URL, run it, and its result shows here.'
            : 'Start it, and what is posted to it shows here.'}
        </p>
      ) : (
        <>
          <ReceivedList received={received} shown={shown} onChoose={setChosen} />
          <ReceivedDetail received={shown} />
        </>
      )}
    </div>
  );
}

function ReceivedList(props: {
  received: readonly ReceivedCallback[];
  shown: ReceivedCallback;
  onChoose: (number: number) => void;
}) {
  const { received, shown, onChoose } = props;
  const now = useNow(15_000);
  const list = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    const place = received.indexOf(shown);
    const last = received.length - 1;
    const target = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: last }[event.key];
    const next = target === undefined ? undefined : received[Math.min(last, Math.max(0, target))];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.number);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="What arrived"
      aria-activedescendant={optionId(shown)}
      tabIndex={0}
      className={styles.list}
      onKeyDown={press}
    >
      {received.map((each) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
        <div
          key={each.number}
          role="option"
          id={optionId(each)}
          aria-selected={each.number === shown.number}
          className={styles.option}
          onClick={() => onChoose(each.number)}
        >
          <StatusIcon look={VERDICT_LOOKS[each.verdict]} />
          <span className={styles.words}>
            <span className={styles.line}>
              <span>{`${each.method} ${each.path}`}</span>
              <time dateTime={each.at} title={formatExact(Date.parse(each.at))}>
                {formatClock(Date.parse(each.at), now)}
              </time>
            </span>
            <span className={styles.note}>
              {[VERDICT_WORDS[each.verdict], each.isRepeat ? 'repeat' : '', `answered ${each.status}`]
                .filter(Boolean)
                .join(', ')}
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}

const optionId = ({ number }: ReceivedCallback) => `received-${number}`;
