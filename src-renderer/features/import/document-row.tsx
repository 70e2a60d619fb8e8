import { useLayoutEffect, useRef } from 'react';
import type { ConflictChoice } from '../../db/import-page.ts';
import { becomesOf, choiceFor, type ImportPlan } from '../../sync/imports/import-plan.ts';
import { DocumentDetail } from './document-detail.tsx';
import { DocumentLine } from './document-line.tsx';
import styles from './document-row.module.css';
import type { ImportLine } from './import-line.ts';

/** A document in its place in the list, closed or open. */
export function DocumentRow(props: {
  id: string;
  importId: string;
  index: number;
  top: number;
  /** Undefined while it is not read. */
  line: ImportLine | undefined;
  plan: ImportPlan;
  isActive: boolean;
  isOpen: boolean;
  isLast: boolean;
  onToggle: (index: number) => void;
  onMeasure: (index: number, height: number) => void;
  onChoose: (line: ImportLine, choice: ConflictChoice) => void;
}) {
  const { line, plan, index, isOpen, onMeasure } = props;
  const row = useRef<HTMLDivElement>(null);
  const measure = useRef(onMeasure);
  measure.current = onMeasure;

  useLayoutEffect(() => {
    const element = row.current;
    if (element === null || !isOpen) return;
    const observer = new ResizeObserver(() => measure.current(index, element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isOpen, index]);

  const choice = line === undefined ? plan.conflicts : choiceFor(plan, line.place);
  const classes = [styles.row, props.isActive && styles.active, props.isLast && styles.last].filter(Boolean);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      ref={row}
      role="row"
      id={props.id}
      aria-rowindex={index + 1}
      aria-level={1}
      aria-expanded={isOpen}
      aria-selected={props.isActive}
      className={classes.join(' ')}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {line === undefined ? (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div role="gridcell" className={styles.unread}>
          …
        </div>
      ) : (
        <>
          <DocumentLine
            line={line}
            becomes={becomesOf(plan, line, choice)}
            choice={choice}
            isActive={props.isActive}
            isOpen={isOpen}
            onToggle={() => props.onToggle(index)}
            onChoose={(chosen) => props.onChoose(line, chosen)}
          />
          {isOpen ? <DocumentDetail importId={props.importId} line={line} refused={plan.refused} /> : null}
        </>
      )}
    </div>
  );
}
