import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import { AnsiText } from '../../../components/ansi/ansi-text.tsx';
import styles from './output-lines.module.css';
import type { OutputReader, OutputSnapshot } from './output-reader.ts';

const LINE_HEIGHT = 18;
const PADDING = 10;
/** So close to an edge of what is loaded, in pixels, the next piece is read. */
const NEAR = 600;

/** The lines in sight. Follows the end until one scrolls up, and again once one is back down. */
export function OutputLines(props: {
  reader: OutputReader;
  snapshot: OutputSnapshot;
  wrap: boolean;
  label: string;
}) {
  const { reader, snapshot, wrap } = props;
  const { window, version, isFollowing, sizeBytes } = snapshot;
  const { lines } = window;
  const scroller = useRef<HTMLDivElement>(null);
  const last = useRef({ top: 0, height: 0 });
  /** The line at the top of the screen, by its place in the file, and how far it is scrolled out. */
  const anchor = useRef({ offset: 0, delta: 0 });
  const base = useRef(window.base);
  // A line's end is open while the file grows: an empty one at the end is not a line yet.
  const count = lines.at(-1)?.start === window.end ? lines.length - 1 : lines.length;

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => lines[index]?.start ?? index,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    overscan: 20,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for the content of the window
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const hasMoved = base.current !== window.base;
    base.current = window.base;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    else if (hasMoved) {
      const index = indexOfOffset(lines, anchor.current.offset);
      if (wrap) virtualizer.scrollToIndex(index, { align: 'start' });
      else element.scrollTop = PADDING + index * LINE_HEIGHT + anchor.current.delta;
    }
    last.current = { top: element.scrollTop, height: element.scrollHeight };
  }, [version, isFollowing, wrap]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const below = scrollHeight - clientHeight - scrollTop;
    const isSameContent = scrollHeight === last.current.height;
    if (isSameContent && scrollTop < last.current.top - 1 && below > LINE_HEIGHT) reader.setFollowing(false);
    else if (below < 4 && window.end >= sizeBytes && scrollTop > last.current.top) reader.setFollowing(true);
    last.current = { top: scrollTop, height: scrollHeight };

    const first = virtualizer.getVirtualItemForOffset(scrollTop);
    const line = first && lines[first.index];
    if (first && line) anchor.current = { offset: line.start, delta: scrollTop - first.start };
    if (scrollTop < NEAR && window.base > 0) void reader.loadEarlier();
    else if (below < NEAR && window.end < sizeBytes && !isFollowing) void reader.loadLater();
  };

  return (
    <div
      ref={scroller}
      role="log"
      aria-label={props.label}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
      tabIndex={0}
      className={wrap ? `${styles.scroller} ${styles.wrap}` : styles.scroller}
      onScroll={onScroll}
    >
      <div className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
        <div
          className={styles.block}
          style={{ transform: `translateY(${virtualizer.getVirtualItems()[0]?.start ?? 0}px)` }}
        >
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return line === undefined ? null : (
              <div
                key={item.key}
                ref={wrap ? virtualizer.measureElement : undefined}
                data-index={item.index}
                className={styles.line}
              >
                <AnsiText text={window.text(line)} state={line.state} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The last line that begins at or before `offset`. */
function indexOfOffset(lines: OutputSnapshot['window']['lines'], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
