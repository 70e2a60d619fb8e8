import { Segmented } from '../../components/segmented/segmented.tsx';
import { formatCount } from '../../words/count-words.ts';
import styles from './filter-bar.module.css';
import type { ListCounts, ListFilter } from './import-listing.ts';
import { OUTCOME_WORDS } from './import-words.ts';

const FILTERS: readonly { value: ListFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'new', label: OUTCOME_WORDS.new },
  { value: 'repaired', label: 'Repaired' },
  { value: 'same', label: OUTCOME_WORDS.same },
  { value: 'conflict', label: OUTCOME_WORDS.conflict },
  { value: 'invalid', label: OUTCOME_WORDS.invalid },
];

/** Which documents are listed, and how many there are of each kind. */
export function FilterBar(props: {
  counts: ListCounts;
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
        options={FILTERS.filter(
          (filter) => filter.value === 'all' || filter.value === value || counts[filter.value] > 0,
        ).map((filter) => ({ ...filter, note: formatCount(counts[filter.value]) }))}
      />
    </div>
  );
}
