import { useEffect, useState } from 'react';
import { DELIVERY_STATES } from '#shared/callback/delivery.ts';
import { useNow } from '../../components/format/use-now.ts';
import { Segmented } from '../../components/segmented/segmented.tsx';
import type { DeliveryCounts } from '../../db/counters.ts';
import { deliveryHosts } from '../../db/delivery-queries.ts';
import { useServices } from '../../services/services.tsx';
import { PERIODS, type Period, useCallbackView } from '../../store/callback-store.ts';
import { DELIVERY_STATE_WORDS } from '../../words/callback-words.ts';
import { formatCount } from '../../words/count-words.ts';
import styles from './callbacks-page.module.css';

/** More are found by the search. */
const MAX_HOSTS = 100;

const PERIOD_WORDS: Record<Period, string> = {
  any: 'Any time',
  hour: 'Last hour',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
};

/** Which callbacks are listed: by state, with how many there are of each, by host and by time. */
export function CallbackFilterBar({ counts }: { counts: DeliveryCounts }) {
  const filters = useCallbackView((view) => view.filters);
  const setFilters = useCallbackView((view) => view.setFilters);
  const hosts = useHosts();
  const states = DELIVERY_STATES.filter((state) => counts[state] > 0 || state === filters.state);
  const { host } = filters;
  return (
    <div className={styles.filters}>
      <Segmented
        label="State"
        value={filters.state ?? 'all'}
        options={[
          { value: 'all', label: 'All' },
          ...states.map((state) => ({
            value: state,
            label: DELIVERY_STATE_WORDS[state],
            note: formatCount(counts[state]),
          })),
        ]}
        onChange={(state) => setFilters({ state: state === 'all' ? null : state })}
      />
      <div className={styles.choices}>
        <select
          aria-label="Host"
          className={styles.choice}
          value={host ?? ''}
          onChange={(event) => setFilters({ host: event.currentTarget.value || null })}
        >
          <option value="">All hosts</option>
          {[...(host !== null && !hosts.includes(host) ? [host] : []), ...hosts].map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <select
          aria-label="Period"
          className={styles.choice}
          value={filters.period}
          onChange={(event) => {
            const chosen = PERIODS.find((period) => period === event.currentTarget.value);
            setFilters({ period: chosen ?? 'any' });
          }}
        >
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              {PERIOD_WORDS[period]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

/** The hosts there are, read now and then: with each change it would be a hundred seeks a change. */
function useHosts(): readonly string[] {
  const { db } = useServices();
  const now = useNow(15_000);
  const [hosts, setHosts] = useState<readonly string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: time alone makes it read again
  useEffect(() => {
    let isGone = false;
    void deliveryHosts(db, MAX_HOSTS).then((read) => {
      if (!isGone) setHosts(read);
    });
    return () => {
      isGone = true;
    };
  }, [db, now]);
  return hosts;
}
