import { Segmented } from '../../components/segmented/segmented.tsx';
import { LIST_FILTERS, type ListFilter } from '../../sync/imports/import-tally.ts';
import { formatCount } from '../../words/count-words.ts';
import styles from './filter-bar.module.css';
import { FILTER_WORDS } from './import-words.ts';

/** Which documents are listed, and how many there are of each kind. */
export function FilterBar(props: {
  counts: Readonly<Record<ListFilter, number>>;
  value: ListFilter;
  onChange: (filter: ListFilter) => void;
}) {
  const { counts, value } = props;
  return (
    <div className={styles.bar}>
      <Segmented
        label="Documents to list"
        value={value}
        onChange={props.onChange}
        options={LIST_FILTERS.filter(
          (filter) => filter === 'all' || filter === value || counts[filter] > 0,
        ).map((filter) => ({
          value: filter,
          label: FILTER_WORDS[filter],
          note: formatCount(counts[filter]),
        }))}
      />
    </div>
  );
}
