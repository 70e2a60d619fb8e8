import { type KeyboardEvent, type MouseEvent, useCallback, useMemo } from 'react';
import type { JobId } from '#shared/job/job-id.ts';
import { RowGrid } from '../../components/row-grid/row-grid.tsx';
import { useRowGrid } from '../../components/row-grid/use-row-grid.ts';
import type { JobRow } from '../../db/job-row.ts';
import { cursorOf, select } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { FoundLine } from './found-line.tsx';
import { JobBulkBar } from './job-bulk-bar.tsx';
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

/** The list of jobs: virtual, paged, and steady while jobs come and change. */
export function JobList({ whenEmpty, onRebuild }: { whenEmpty: React.ReactNode; onRebuild: () => void }) {
  const { pages, snapshot } = useJobPages();
  const { rows } = snapshot;
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useView((view) => view.selection);
  const filter = useView((view) => view.filter);
  const search = useView((view) => view.search);
  const state = useRowGrid(pages, order, LINE_HEIGHT);
  const { grid, list } = state;
  const { first, last, reveal } = list;

  const { selected, places } = useSelected(pages, snapshot);
  const placeOf = useCallback((id: JobId) => places.get(id) ?? -1, [places]);
  const onListKey = useListKeys({ order, placeOf, pageRows: last - first, reveal, selected });

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
  const onKeyDown = (event: KeyboardEvent) => {
    if (menu.place === null) onListKey(event);
    // The menu is there before the focus is in it: until then its keys are not those of the list.
    else if (event.key === 'Escape') menu.close();
  };

  const cursor = cursorOf(selection);
  const isMany = selected.ids.length > 1;
  const words = selectedWords(selected, { loaded: rows.length, isWhole: snapshot.isWhole });
  const isFresh = snapshot.isRead && rows.length === 0 && filter === 'all' && search.trim() === '';

  if (isFresh && snapshot.isWhole) return whenEmpty;
  return (
    <div ref={state.pane} className={styles.pane}>
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
      <RowGrid
        state={state}
        label="Jobs"
        rows={rows}
        isWhole={snapshot.isWhole}
        header={<ListHeader />}
        cursorPlace={cursor === null ? -1 : placeOf(cursor)}
        lineId={lineId}
        isMany={isMany}
        onKeyDown={onKeyDown}
        onContextMenu={menu.onKey}
        line={(row, index, top) => (
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
        )}
      />
      {snapshot.isRead && rows.length === 0 ? (
        <NothingHere filter={filter} search={search} isReading={!snapshot.isWhole} />
      ) : null}
      {/* Always there: what comes with its words is not announced by all readers. */}
      <div role="status" aria-label="Selection" className="visually-hidden">
        {isMany ? words : ''}
      </div>
      {isMany ? (
        <JobBulkBar
          selected={selected}
          words={words}
          hasMore={!snapshot.isWhole && !(pages instanceof OutputPages)}
        />
      ) : null}
      <JobMenu place={menu.place} selected={selected} onClose={menu.close} />
    </div>
  );
}
