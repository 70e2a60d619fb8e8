import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { JobId } from '#shared/job/job-id.ts';
import { useSteadyRows } from '../../components/tall-list/use-steady-rows.ts';
import { useTallList } from '../../components/tall-list/use-tall-list.ts';
import { useKeptFocus } from '../../components/use-kept-focus.ts';
import type { JobRow } from '../../db/job-row.ts';
import { cursorOf, select } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FoundLine } from './found-line.tsx';
import { JobLine, lineId } from './job-line.tsx';
import styles from './job-list.module.css';
import { JobMenu } from './job-menu.tsx';
import { ListHeader } from './list-header.tsx';
import { NothingHere } from './nothing-here.tsx';
import { OutputPages } from './output-pages.ts';
import { OutputSearchLine } from './output-search-line.tsx';
import { ReadProblem } from './read-problem.tsx';
import { selectedWords } from './selected-jobs.ts';
import { useJobMenu } from './use-job-menu.ts';
import { useJobPages } from './use-job-pages.ts';
import { useListKeys } from './use-list-keys.ts';
import { useSelected } from './use-selected.ts';

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
  const pane = useRef<HTMLDivElement>(null);
  useKeptFocus(pane, grid);

  const list = useTallList(scroller, { count: rows.length, lineHeight: LINE_HEIGHT, extras: NONE_OPEN });
  const { first, last, reveal } = list;
  useEffect(() => pages.setSight(first, Math.max(first, last)), [pages, first, last]);
  useSteadyRows(list, order, LINE_HEIGHT);

  const { selected, places } = useSelected(pages, snapshot);
  const placeOf = useCallback((id: JobId) => places.get(id) ?? -1, [places]);
  const onKeyDown = useListKeys({ order, placeOf, pageRows: last - first, reveal, selected });

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
  const menu = useJobMenu({ grid, order, places, selected, reveal, lineHeight: LINE_HEIGHT });

  const cursor = cursorOf(selection);
  const cursorPlace = cursor === null ? -1 : placeOf(cursor);
  const isCursorDrawn = list.lines.some(({ index }) => index === cursorPlace);
  const isMany = selected.ids.length > 1;
  const words = selectedWords(selected, { loaded: rows.length, isWhole: snapshot.isWhole });
  const isFresh = snapshot.isRead && rows.length === 0 && filter === 'all' && search.trim() === '';

  if (isFresh && snapshot.isWhole) return whenEmpty;
  return (
    <div ref={pane} className={styles.pane}>
      {snapshot.error !== null ? (
        <div className={styles.problem}>
          <ReadProblem error={snapshot.error} pages={pages} onRebuild={onRebuild} />
        </div>
      ) : null}
      {pages instanceof OutputPages ? (
        <OutputSearchLine pages={pages} found={rows.length} />
      ) : (
        <FoundLine snapshot={snapshot} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      <div
        role="grid"
        aria-label="Jobs"
        aria-multiselectable="true"
        aria-rowcount={snapshot.isWhole ? rows.length + 1 : -1}
        aria-activedescendant={cursor !== null && isCursorDrawn ? lineId({ id: cursor }) : undefined}
        tabIndex={0}
        ref={grid}
        className={styles.grid}
        data-many={isMany || undefined}
        onKeyDown={onKeyDown}
        onContextMenu={menu.onKey}
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
                  isActive={row.id === cursor}
                  onPress={onPress}
                  onToggle={onToggle}
                  onOpen={onOpen}
                  onMenu={menu.onRow}
                />
              );
            })}
          </div>
        </div>
      </div>
      {snapshot.isRead && rows.length === 0 ? (
        <NothingHere filter={filter} search={search} isReading={!snapshot.isWhole} />
      ) : null}
      {/* Always there: what comes with its words is not announced by all readers. */}
      <div role="status" aria-label="Selection" className="visually-hidden">
        {isMany ? words : ''}
      </div>
      {isMany ? (
        <BulkBar
          selected={selected}
          words={words}
          hasMore={!snapshot.isWhole && !(pages instanceof OutputPages)}
        />
      ) : null}
      <JobMenu place={menu.place} selected={selected} onClose={menu.close} />
    </div>
  );
}
