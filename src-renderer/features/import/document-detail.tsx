import { useEffect, useState } from 'react';
import type { RepairKind } from '#shared/contract/documents.ts';
import { type Differences, differences } from '#shared/json/differences.ts';
import { ExactText } from '../../components/exact-text/exact-text.tsx';
import { errorSentence } from '../../db/database-problem.ts';
import { jobById } from '../../db/queries.ts';
import { type Services, useServices } from '../../services/services.tsx';
import { readPage } from '../../sync/imports/read-page.ts';
import { formatCount } from '../../words/count-words.ts';
import { DifferenceTable } from './difference-table.tsx';
import styles from './document-detail.module.css';
import type { ImportLine } from './import-line.ts';

/** What it runs is seen whole in its line where it is no longer than this. */
const SHORT_LENGTH = 50;

/** More are counted, and not shown. */
const MAX_DIFFERENCES = 200;

/** An open line: all that is wrong or repaired, and of a conflict where the two differ. */
export function DocumentDetail(props: {
  importId: string;
  line: ImportLine;
  refused: ReadonlySet<RepairKind>;
}) {
  const { line } = props;
  const isRefused = line.repairs.some((kind) => props.refused.has(kind));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div role="gridcell" className={styles.detail}>
      {isRefused ? <p>It is left out, because it needs a repair that you refused.</p> : null}
      <Notes line={line} />
      {line.runs === null || line.runs.length < SHORT_LENGTH ? null : (
        <pre className={styles.runs}>
          <ExactText>{line.runs}</ExactText>
        </pre>
      )}
      {line.outcome === 'conflict' ? <Conflict importId={props.importId} line={line} /> : null}
      {line.outcome === 'same' ? <p>The history has the very same document.</p> : null}
    </div>
  );
}

function Notes({ line: { notes, noteCount, outcome } }: { line: ImportLine }) {
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label={outcome === 'invalid' ? 'Problems' : 'Repairs'}>
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity, and no state
        <li key={index}>
          {note.path === '' ? null : <code className={styles.path}>{note.path}</code>}
          <ExactText>{note.message}</ExactText>
        </li>
      ))}
      {noteCount > notes.length ? <li>And {formatCount(noteCount - notes.length)} more.</li> : null}
    </ul>
  );
}

function Conflict({ importId, line }: { importId: string; line: ImportLine }) {
  const services = useServices();
  const [found, setFound] = useState<Differences | string | null>(null);
  useEffect(() => {
    let isGone = false;
    const take = (result: Differences | string) => {
      if (!isGone) setFound(result);
    };
    compared(services, importId, line.place).then(take, (error: unknown) => take(errorSentence(error)));
    return () => {
      isGone = true;
    };
  }, [services, importId, line.place]);

  return (
    <>
      <p>
        {line.isActive
          ? 'The history has another job with this id, and that one is waiting or running: it can only be kept.'
          : 'The history has another job with this id.'}
      </p>
      {found === null ? null : typeof found === 'string' ? (
        <p className={styles.bad}>{found}</p>
      ) : (
        <DifferenceTable found={found} />
      )}
    </>
  );
}

async function compared({ api, db }: Services, importId: string, place: number) {
  const request = { importId, filter: 'all', after: place - 1, limit: 1 } as const;
  const page = await readPage(api, request);
  const theirs = page.documents[0]?.job ?? null;
  const mine = theirs === null ? undefined : await jobById(db, theirs.id);
  if (theirs === null || mine === undefined) return 'The job that the history had is no longer there.';
  return differences(mine.job, theirs, MAX_DIFFERENCES);
}
