import { Button } from '../../components/button/button.tsx';
import { parseSearch, searchInOutput } from '../../db/search/parse-search.ts';
import { type Filter, useView } from '../../store/view-store.ts';
import styles from './nothing-here.module.css';

const WORDS: Record<Filter, string> = {
  all: 'No jobs yet.',
  active: 'Nothing is running or waiting.',
  scheduled: 'Nothing waits for its time.',
  created: 'No saved jobs. Imported and new jobs wait here until you run them.',
  failed: 'Nothing has failed.',
  completed: 'Nothing is done yet.',
  cancelled: 'Nothing was cancelled.',
};

/** In the place of rows, where a list or a search has none. */
export function NothingHere(props: { filter: Filter; search: string; isReading: boolean }) {
  const setSearch = useView((view) => view.setSearch);
  const search = props.search.trim();
  if (search === '') return <p className={styles.nothing}>{WORDS[props.filter]}</p>;
  if (parseSearch(search).problems.length > 0) {
    return <p className={styles.nothing}>Nothing is shown until each term of the search is understood.</p>;
  }
  if (props.isReading) return <p className={styles.nothing}>Searching…</p>;
  const inOutput = searchInOutput(search);
  return (
    <div className={styles.nothing}>
      <p>
        Nothing matches “{search}”{props.filter === 'all' ? '' : ' in this list'}.
      </p>
      <div className={styles.actions}>
        {inOutput === null ? null : (
          <Button onClick={() => setSearch(inOutput)}>Search in what jobs have printed</Button>
        )}
        <Button onClick={() => setSearch('')}>Clear search</Button>
      </div>
    </div>
  );
}
