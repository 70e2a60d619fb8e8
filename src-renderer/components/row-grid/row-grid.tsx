import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import styles from './row-grid.module.css';
import type { RowGridState } from './use-row-grid.ts';

/** Below the last row. */
const END_PX = 8;

/** Rows of one height, as many as there are: only those that are seen are drawn. The grid has the focus for all of them. */
export function RowGrid<Row>(props: {
  state: RowGridState;
  label: string;
  rows: readonly Row[];
  /** Whether these are all rows that there are. */
  isWhole: boolean;
  /** The names of the columns, a row of its own. */
  header: ReactNode;
  /** Where in `rows` the keyboard is, -1 for nowhere. */
  cursorPlace: number;
  /** The id of a row's element. */
  lineId: (row: Row) => string;
  isMany: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onContextMenu?: (event: MouseEvent) => void;
  /** Draws a row `top` pixels down. */
  line: (row: Row, index: number, top: number) => ReactNode;
}) {
  const { state, rows, cursorPlace } = props;
  const { grid, scroller, list } = state;
  const cursor = rows[cursorPlace];
  const isCursorDrawn = list.lines.some(({ index }) => index === cursorPlace);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    <div
      role="grid"
      aria-label={props.label}
      aria-multiselectable="true"
      aria-rowcount={props.isWhole ? rows.length + 1 : -1}
      aria-activedescendant={cursor !== undefined && isCursorDrawn ? props.lineId(cursor) : undefined}
      tabIndex={0}
      ref={grid}
      className={styles.grid}
      data-many={props.isMany || undefined}
      onKeyDown={props.onKeyDown}
      onContextMenu={props.onContextMenu}
    >
      {props.header}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      <div
        ref={scroller}
        role="rowgroup"
        className={styles.scroller}
        tabIndex={-1}
        onFocus={() => grid.current?.focus({ preventScroll: true })}
      >
        <div className={styles.rows} style={{ height: list.height + END_PX }}>
          {list.lines.map(({ index, top }) => {
            const row = rows[index];
            return row === undefined ? null : props.line(row, index, top);
          })}
        </div>
      </div>
    </div>
  );
}
