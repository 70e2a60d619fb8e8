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
  const far = ` the output of ${countOf(searched, 'job')}, found in ${found}.`;
  const beginning = cut > 0 ? ` Of ${countOf(cut, 'job')} only the first 256 MiB.` : '';
  const more = isWhole ? '' : ' Scroll on for more.';
  const done = `Searched${far}${beginning}${more}`;
  return (
    <div className={styles.line}>
      <span className={styles.words} aria-hidden="true">
        {isGoing ? `Searching${far}${beginning}` : done}
      </span>
      {/* Heard are its beginning and its end, and not each step of it. */}
      <span role="status" className="visually-hidden">
        {isGoing ? 'Searching the output.' : done}
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
