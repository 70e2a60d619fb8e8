import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTallList } from '../../components/tall-list/use-tall-list.ts';
import { useKeptFocus } from '../../components/use-kept-focus.ts';
import { CONFLICT_CHOICES, type ConflictChoice } from '../../db/import-page.ts';
import type { ImportPlan } from '../../sync/imports/import-plan.ts';
import styles from './document-list.module.css';
import { DocumentRow } from './document-row.tsx';
import type { ImportLine } from './import-line.ts';
import type { ImportLines } from './import-lines.ts';

export const LINE_HEIGHT = 52;

/**
 * One list of an import, of any length. Arrow keys move, Enter opens a line, and of one in conflict M, T and B choose
 * between mine, theirs and both.
 */
export function DocumentList(props: {
  importId: string;
  lines: ImportLines;
  count: number;
  plan: ImportPlan;
  onChoose: (line: ImportLine, choice: ConflictChoice) => void;
}) {
  const { lines, count, plan, onChoose } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  /** By the index of an open line, how many pixels it is higher than a closed one. */
  const [open, setOpen] = useState<ReadonlyMap<number, number>>(new Map());
  const list = useTallList(scroller, { count, lineHeight: LINE_HEIGHT, extras: open });
  const { first, last, reveal } = list;
  useKeptFocus(scroller);

  useEffect(() => void lines.show(first, last, count), [lines, first, last, count]);

  const toggle = (index: number, isToOpen = !open.has(index)) => {
    setActive(index);
    setOpen((before) => {
      const after = new Map(before);
      if (isToOpen) after.set(index, before.get(index) ?? 0);
      else after.delete(index);
      return after;
    });
  };
  const measure = (index: number, height: number) =>
    setOpen((before) => {
      const extra = Math.max(0, height - LINE_HEIGHT);
      return !before.has(index) || before.get(index) === extra ? before : new Map(before).set(index, extra);
    });

  const press = (event: KeyboardEvent) => {
    // What is in a line has its own keys.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines.at(active);
    const target = targetOf(event.key, active, count, Math.max(1, last - first));
    const choice = CONFLICT_CHOICES.find((each) => each.startsWith(event.key.toLowerCase()));
    if (target !== null) {
      setActive(target);
      reveal(target);
    } else if (event.key === 'Enter' || event.key === ' ') toggle(active);
    else if (event.key === 'ArrowRight') toggle(active, true);
    else if (event.key === 'ArrowLeft') toggle(active, false);
    else if (line !== undefined && choice !== undefined && event.key.length === 1) {
      if (line.outcome === 'conflict' && !line.isActive) onChoose(line, choice);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section className={styles.section} aria-label="Documents">
      <div
        ref={scroller}
        role="treegrid"
        aria-label="Documents"
        aria-rowcount={count}
        aria-activedescendant={active >= first - 6 && active <= last + 6 ? rowId(active) : undefined}
        tabIndex={0}
        className={styles.scroller}
        onKeyDown={press}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
        <div role="rowgroup" className={styles.list} style={{ height: list.height }}>
          {list.lines.map(({ index, top }) => (
            <DocumentRow
              key={index}
              id={rowId(index)}
              importId={props.importId}
              index={index}
              top={top}
              line={lines.at(index)}
              plan={plan}
              isActive={index === active}
              isOpen={open.has(index)}
              isLast={index === count - 1}
              onToggle={toggle}
              onMeasure={measure}
              onChoose={onChoose}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

const rowId = (index: number) => `document-${index}`;

function targetOf(key: string, place: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[key];
  if (step !== undefined) return Math.max(0, Math.min(place + step, count - 1));
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
