import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTallList } from '../../components/tall-list/use-tall-list.ts';
import type { JobRow } from '../../db/job-row.ts';
import { select } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { BulkBar } from './bulk-bar.tsx';
import { JobLine, lineId } from './job-line.tsx';
import styles from './job-list.module.css';
import { JobMenu, type MenuPlace } from './job-menu.tsx';
import { ListHeader } from './list-header.tsx';
import { NothingHere } from './nothing-here.tsx';
import { OutputPages } from './output-pages.ts';
import { OutputSearchLine } from './output-search-line.tsx';
import { ReadProblem } from './read-problem.tsx';
import { useJobPages } from './use-job-pages.ts';
import { useListKeys } from './use-list-keys.ts';
import { useSteadyRows } from './use-steady-rows.ts';

const LINE_HEIGHT = 34;
/** Below the last row. */
const END_PX = 8;
const NONE_OPEN: ReadonlyMap<number, number> = new Map();

/** The list of jobs: virtual, paged, and steady while jobs come and change. */
export function JobList({ whenEmpty, onRebuild }: { whenEmpty: React.ReactNode; onRebuild: () => void }) {
  const { pages, snapshot } = useJobPages();
  const { rows } = snapshot;
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useView((view) => view.selection);
  const filter = useView((view) => view.filter);
  const search = useView((view) => view.search);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);

  const list = useTallList(scroller, { count: rows.length, lineHeight: LINE_HEIGHT, extras: NONE_OPEN });
  const { first, last, reveal } = list;
  useEffect(() => pages.setSight(first, Math.max(first, last)), [pages, first, last]);
  useSteadyRows(list, order, LINE_HEIGHT);

  const onKeyDown = useListKeys({ rows, order, reveal });

  const onPress = useCallback(
    (event: MouseEvent, row: JobRow) => {
      const { selection: current, setSelection, setDetailOpen } = useView.getState();
      const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
      setSelection(select(current, order, row.id, mode));
      if (mode === 'only') setDetailOpen(true);
    },
    [order],
  );
  const onToggle = useCallback(
    (row: JobRow) => {
      const { selection: current, setSelection } = useView.getState();
      setSelection(select(current, order, row.id, 'toggle'));
    },
    [order],
  );
  const onOpen = useCallback((row: JobRow) => useView.getState().showJob(row.id), []);
  const onMenu = useCallback(
    (event: MouseEvent, row: JobRow) => {
      event.preventDefault();
      const { selection: current, setSelection } = useView.getState();
      if (!current.ids.has(row.id)) setSelection(select(current, order, row.id, 'only'));
      setMenu({ x: event.clientX, y: event.clientY });
    },
    [order],
  );

  const closeMenu = useCallback(() => {
    setMenu(null);
    grid.current?.focus({ preventScroll: true });
  }, []);

  const active = rows.find((row) => row.id === selection.active);
  const selectedRows = useMemo(() => rows.filter((row) => selection.ids.has(row.id)), [rows, selection.ids]);
  const isFresh = snapshot.isRead && rows.length === 0 && filter === 'all' && search.trim() === '';

  if (isFresh && snapshot.isWhole) return whenEmpty;
  return (
    <div className={styles.pane}>
      {snapshot.error !== null ? (
        <div className={styles.problem}>
          <ReadProblem error={snapshot.error} onRebuild={onRebuild} />
        </div>
      ) : null}
      {pages instanceof OutputPages ? <OutputSearchLine pages={pages} found={rows.length} /> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      <div
        role="grid"
        aria-label="Jobs"
        aria-multiselectable="true"
        aria-rowcount={snapshot.isWhole ? rows.length + 1 : -1}
        aria-activedescendant={active ? lineId(active) : undefined}
        tabIndex={0}
        ref={grid}
        className={styles.grid}
        data-many={selection.ids.size > 1 || undefined}
        onKeyDown={onKeyDown}
      >
        <ListHeader />
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
              return row === undefined ? null : (
                <JobLine
                  key={row.id}
                  row={row}
                  index={index}
                  top={top}
                  isSelected={selection.ids.has(row.id)}
                  isActive={row.id === selection.active}
                  onPress={onPress}
                  onToggle={onToggle}
                  onOpen={onOpen}
                  onMenu={onMenu}
                />
              );
            })}
          </div>
        </div>
      </div>
      {snapshot.isRead && rows.length === 0 ? (
        <NothingHere filter={filter} search={search} isReading={!snapshot.isWhole} />
      ) : null}
      {selection.ids.size > 1 ? <BulkBar rows={selectedRows} count={selection.ids.size} /> : null}
      <JobMenu place={menu} rows={selectedRows} onClose={closeMenu} />
    </div>
  );
}
