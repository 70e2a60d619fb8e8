import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { DocumentLine } from './document-line.tsx';
import styles from './document-list.module.css';
import type { ImportLine } from './import-listing.ts';

/** The documents of an import, in the order of the files. */
export function DocumentList({ lines }: { lines: readonly ImportLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 53,
    getItemKey: (index) => lines[index]?.place ?? index,
    overscan: 8,
  });

  return (
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label="Documents"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
      tabIndex={0}
    >
      <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              className={item.index === lines.length - 1 ? `${styles.row} ${styles.last}` : styles.row}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <DocumentLine line={line} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
