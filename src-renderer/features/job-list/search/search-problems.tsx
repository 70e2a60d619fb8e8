import { IconAlertTriangle } from '../../../components/icons.ts';
import { parseSearch } from '../../../db/search/parse-search.ts';
import { useView } from '../../../store/view-store.ts';
import styles from './search-problems.module.css';

/** What is wrong with a search, term by term, and a way to put each right. */
export function SearchProblems() {
  const search = useView((view) => view.search);
  const setSearch = useView((view) => view.setSearch);
  const { problems } = parseSearch(search);
  return (
    <div role="status" aria-label="Search terms" className={styles.region}>
      {problems.map(({ text, start, end, message, suggestion }) => (
        <p key={start} className={styles.problem}>
          <IconAlertTriangle size={14} aria-hidden="true" className={styles.icon} />
          <span className={styles.words}>
            <code className={styles.term}>{text}</code> {message}
          </span>
          {suggestion === null ? null : (
            <button
              type="button"
              className={styles.fix}
              onClick={({ currentTarget }) => {
                setSearch(search.slice(0, start) + suggestion + search.slice(end));
                // It goes away with what was wrong, and its focus would with it.
                currentTarget
                  .closest('main')
                  ?.querySelector<HTMLElement>('[role=combobox]')
                  ?.focus({ preventScroll: true });
              }}
            >
              Use {suggestion}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
