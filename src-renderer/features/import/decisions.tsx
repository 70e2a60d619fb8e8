import { assertNever } from '#shared/app-error.ts';
import type { ConflictChoice } from '../../db/import-page.ts';
import { type Forecast, type ImportPlan, repairCounts } from '../../sync/imports/import-plan.ts';
import type { Group, ListFilter } from '../../sync/imports/import-tally.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { ConflictBar } from './conflict-bar.tsx';
import styles from './decisions.module.css';
import { CHOICE_WORDS, leftForGood } from './import-words.ts';
import { RepairBar } from './repair-bar.tsx';

export interface DecisionsProps {
  filter: ListFilter;
  counts: Readonly<Record<ListFilter, number>>;
  groups: readonly Group[];
  sums: Forecast;
  plan: ImportPlan;
  isWhole: boolean;
  onPlan: (plan: ImportPlan) => void;
  onFilter: (filter: ListFilter) => void;
  onReport: () => void;
}

/** What there is to decide of the documents that are listed, and a report of what is left out, whichever those are. */
export function Decisions(props: DecisionsProps) {
  const { filter, sums, isWhole, onReport } = props;
  const left = leftForGood(sums);
  const report =
    left > 0 && isWhole ? (
      <button type="button" className={styles.link} onClick={onReport}>
        Save a report of the {countOf(left, 'document')} left out…
      </button>
    ) : null;
  return (
    <>
      {filter === 'all' ? null : <Decision {...props} />}
      <div className={styles.overview}>
        {filter === 'all' ? <Overview {...props} /> : null}
        {report}
      </div>
    </>
  );
}

function Decision(props: DecisionsProps) {
  const { filter, plan, onPlan } = props;
  switch (filter) {
    case 'conflict':
      return (
        <ConflictBar
          plan={plan}
          onChoose={(conflicts) => onPlan({ ...plan, conflicts })}
          onReset={() => onPlan({ ...plan, exceptions: new Map() })}
        />
      );
    case 'repaired':
      return (
        <RepairBar
          counts={repairCounts(props.groups)}
          refused={plan.refused}
          onChange={(refused) => onPlan({ ...plan, refused })}
        />
      );
    case 'all':
    case 'new':
    case 'same':
    case 'invalid':
      return null;
    default:
      return assertNever(filter);
  }
}

/** In a line each: what was decided, and the way to where it is decided. */
function Overview({ counts, groups, plan, onFilter }: DecisionsProps) {
  // Strict refuses all kinds, also those that do not occur.
  const refused = [...repairCounts(groups).keys()].filter((kind) => plan.refused.has(kind)).length;
  return (
    <>
      {counts.conflict > 0 ? (
        <button type="button" className={styles.link} onClick={() => onFilter('conflict')}>
          {countOf(counts.conflict, 'conflict')}: {conflictWords(plan.conflicts, plan.exceptions.size)}
        </button>
      ) : null}
      {counts.repaired > 0 ? (
        <button type="button" className={styles.link} onClick={() => onFilter('repaired')}>
          {formatCount(counts.repaired)} repaired:{' '}
          {refused === 0 ? 'all repairs accepted' : `${countOf(refused, 'kind')} of repair refused`}
        </button>
      ) : null}
    </>
  );
}

function conflictWords(conflicts: ConflictChoice, exceptions: number): string {
  const words = CHOICE_WORDS[conflicts].toLowerCase();
  return exceptions === 0 ? words : `${words}, ${formatCount(exceptions)} decided one by one`;
}
