import { IconArrowDown, IconArrowUp } from '../../components/icons.ts';
import { NEWEST_FIRST, type Sort } from '../../db/queries.ts';
import { useView } from '../../store/view-store.ts';
import lineStyles from './job-line.module.css';
import styles from './list-header.module.css';

interface Column {
  name: string;
  look: string | undefined;
  column: Sort['column'];
  /** Which way one wants it first: the newest and the longest, but names from A. */
  first: Sort['direction'];
}

const COLUMNS: readonly Column[] = [
  { name: 'Name', look: lineStyles.name, column: 'name', first: 'asc' },
  { name: 'Kind', look: lineStyles.kind, column: 'kind', first: 'asc' },
  { name: 'State', look: lineStyles.state, column: 'status', first: 'asc' },
  { name: 'Duration', look: lineStyles.duration, column: 'duration', first: 'desc' },
  { name: 'Ended', look: lineStyles.ended, column: 'ended', first: 'desc' },
  { name: 'Created', look: lineStyles.when, column: 'created', first: 'desc' },
];

/** The names of the columns: each sorts the list by it, one way, the other, and then newest first again. */
export function ListHeader() {
  const sort = useView((view) => view.sort);
  const setSort = useView((view) => view.setSort);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="row" aria-rowindex={1} className={`${lineStyles.line} ${styles.header}`}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <span role="columnheader" className={lineStyles.status}>
        <span className="visually-hidden">Status</span>
      </span>
      {COLUMNS.map((column) => {
        const direction = sort.column === column.column ? sort.direction : null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
          // biome-ignore lint/a11y/useFocusableInteractive: the button in it has the focus
          <span
            key={column.name}
            role="columnheader"
            aria-sort={direction === null ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
            className={column.look}
          >
            <button
              type="button"
              className={styles.sort}
              data-sorted={direction ?? undefined}
              onClick={() => setSort(nextSort(sort, column))}
              // The keys of the list are not those of its header.
              onKeyDown={(event) => event.stopPropagation()}
            >
              <span className={styles.label}>{column.name}</span>
              {direction === 'asc' ? <IconArrowUp size={11} aria-hidden="true" /> : null}
              {direction === 'desc' ? <IconArrowDown size={11} aria-hidden="true" /> : null}
            </button>
          </span>
        );
      })}
    </div>
  );
}

function nextSort(sort: Sort, { column, first }: Column): Sort {
  if (sort.column !== column) return { column, direction: first };
  if (sort.direction === first) return { column, direction: first === 'asc' ? 'desc' : 'asc' };
  return NEWEST_FIRST;
}
