import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { JobRow } from '../../db/job-row.ts';
import { formatCount } from '../../words/count-words.ts';
import type { Surroundings } from '../../words/job-fact.ts';
import { jobFacts } from '../../words/job-facts.ts';
import { ReviewFactList } from './review-fact-list.tsx';
import styles from './review-list.module.css';

/** Every job that would run, one under the other, however many there are. */
export function ReviewList(props: { rows: readonly JobRow[]; surroundings: Surroundings }) {
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 320,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 3,
  });

  return (
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label="What would run"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
      tabIndex={0}
      data-autofocus
    >
      <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className={styles.job}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {rows.length === 1 ? null : (
                <h3 className={styles.name}>
                  <span className={styles.title}>{row.name}</span>
                  <span className={styles.place}>
                    {formatCount(item.index + 1)} of {formatCount(rows.length)}
                  </span>
                </h3>
              )}
              <ReviewFactList facts={jobFacts(row.job, props.surroundings)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
