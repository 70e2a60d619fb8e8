import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { JobRow } from '../../db/job-row.ts';
import { parseSearch } from '../../db/search/parse-search.ts';
import type { RowPagesSnapshot } from '../../services/row-pages/row-pages.ts';
import { useView } from '../../store/view-store.ts';
import styles from './found-line.module.css';
import { foundWords } from './found-words.ts';

/** Of typing: what is found of half a word is not told. */
const STILL_MS = 700;

/** How many jobs a search finds: for the eye as they come, for the ear once one has stopped typing. */
export function FoundLine({ snapshot }: { snapshot: RowPagesSnapshot<JobRow> }) {
  const search = useView((view) => view.search.trim());
  const isWrong = useMemo(() => parseSearch(search).problems.length > 0, [search]);
  const words = search === '' || isWrong ? '' : foundWords(snapshot);
  const [told] = useDebouncedValue(words, STILL_MS);
  return (
    <>
      {words === '' || snapshot.rows.length === 0 ? null : (
        <div className={styles.line} aria-hidden="true">
          {words}
        </div>
      )}
      <div role="status" aria-label="Matches" className="visually-hidden">
        {told}
      </div>
    </>
  );
}
