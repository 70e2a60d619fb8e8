import lineStyles from './job-line.module.css';
import styles from './list-header.module.css';

const COLUMNS = [
  { name: 'Status', look: lineStyles.status, hidden: true },
  { name: 'Name', look: lineStyles.name },
  { name: 'Kind', look: lineStyles.kind },
  { name: 'State', look: lineStyles.state },
  { name: 'Duration', look: lineStyles.duration },
  { name: 'When', look: lineStyles.when },
];

/** The names of the columns. */
export function ListHeader() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="row" aria-rowindex={1} className={`${lineStyles.line} ${styles.header}`}>
      {COLUMNS.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        <span key={column.name} role="columnheader" className={column.look}>
          <span className={column.hidden ? 'visually-hidden' : undefined}>{column.name}</span>
        </span>
      ))}
    </div>
  );
}
