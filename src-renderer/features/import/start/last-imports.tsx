import { useRef } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { formatAgo, formatExact } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { useKeptFocus } from '../../../components/use-kept-focus.ts';
import { type ImportRow, importNoun } from '../../../db/import-row.ts';
import { MAX_IMPORTS } from '../../../db/imports.ts';
import { useServices } from '../../../services/services.tsx';
import { undoShown } from '../../../services/undo-shown.ts';
import { useDialog } from '../../../store/dialog-store.ts';
import { useImportWork } from '../../../store/import-store.ts';
import { formatCount } from '../../../words/count-words.ts';
import { broughtWords } from '../../../words/undone-words.ts';
import { leftOutWords } from '../import-words.ts';
import { useKeptReport } from '../kept-report.ts';
import { saveKeptReport } from '../save-report.ts';
import { showImport } from '../show-imported.ts';
import styles from './last-imports.module.css';
import { useLastImports } from './use-last-imports.ts';

/** The imports that can still be undone, newest first. */
export function LastImports() {
  const imports = useLastImports();
  const section = useRef<HTMLElement>(null);
  useKeptFocus(section);
  return (
    // There while it is empty, too: the focus of the last one that was undone goes to it.
    <section ref={section} tabIndex={-1} className={styles.section} aria-label="Last imports">
      {imports.length === 0 ? null : <ImportList imports={imports} />}
    </section>
  );
}

function ImportList({ imports }: { imports: readonly ImportRow[] }) {
  return (
    <>
      <h3 className={styles.heading}>Last imports</h3>
      <ul className={styles.list}>
        {imports.map((row) => (
          <LastImport key={row.id} row={row} />
        ))}
      </ul>
      {imports.length === MAX_IMPORTS ? (
        <p className={styles.note}>The newest {formatCount(MAX_IMPORTS)} can be undone.</p>
      ) : null}
    </>
  );
}

function LastImport({ row }: { row: ImportRow }) {
  const { api, db } = useServices();
  const now = useNow(15_000);
  const close = useDialog((state) => state.close);
  const undone = useImportWork((work) => work.undoing.get(row.id));
  const brought = broughtWords(row);
  const left = leftOutWords(row.counts);
  const report = useKeptReport(api, row.id);
  const isUndoing = undone !== undefined || row.state === 'undoing';
  return (
    <li className={styles.import}>
      <button
        type="button"
        className={styles.name}
        title={`Show what came with ${row.name}`}
        onClick={() => {
          close();
          showImport(row.id);
        }}
      >
        {row.name}
      </button>
      <time className={styles.when} dateTime={new Date(row.at).toISOString()} title={formatExact(row.at)}>
        {formatAgo(row.at, now)}
      </time>
      <span className={styles.counts} title={left === '' ? undefined : `Left out: ${left}`}>
        {isUndoing ? `${formatCount(undone ?? 0)} of ${brought} undone` : brought}
      </span>
      <span className={styles.actions}>
        {report === undefined ? null : (
          <Button
            variant="quiet"
            aria-label={`Save a report of what the import of ${row.name} left out`}
            onClick={() => void saveKeptReport(api, row.id, report)}
          >
            Save report…
          </Button>
        )}
        <Button
          busy={isUndoing || row.state === 'running'}
          aria-label={`Undo the ${importNoun(row)} of ${row.name}`}
          onClick={() => void undoShown(db, row)}
        >
          {isUndoing ? 'Undoing…' : 'Undo'}
        </Button>
      </span>
    </li>
  );
}
