import { useSyncExternalStore } from 'react';
import { Button } from '../../components/button/button.tsx';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { countOf } from '../../words/count-words.ts';
import type { OutputPages } from './output-pages.ts';
import styles from './output-search-line.module.css';

/** How far the search of the output is. */
export function OutputSearchLine({ pages, found }: { pages: OutputPages; found: number }) {
  const { searched, cut, isGoing } = useSyncExternalStore(pages.subscribe, pages.getState);
  const { isWhole } = pages.getSnapshot();
  return (
    <div className={styles.line}>
      <span role="status" className={styles.words}>
        {isGoing ? 'Searching the output' : 'Searched the output'} of {countOf(searched, 'job')}, found in{' '}
        {found}.{cut > 0 ? ` Of ${countOf(cut, 'job')} only the first 256 MiB.` : ''}
        {isGoing || isWhole ? '' : ' Scroll on for more.'}
      </span>
      {isGoing ? (
        <>
          <span className={styles.bar}>
            <ProgressBar label="Searching" value={0} />
          </span>
          <Button variant="quiet" onClick={pages.stop}>
            Stop
          </Button>
        </>
      ) : null}
    </div>
  );
}
