import { useEffect, useState } from 'react';
import { parseJobId } from '#shared/job/job-id.ts';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { formatAgo } from '../../../components/format/relative-time.ts';
import { IconX } from '../../../components/icons.ts';
import fieldStyles from '../../../components/text-field/field.module.css';
import { SelectField } from '../../../components/text-field/text-field.tsx';
import type { JobRow } from '../../../db/job-row.ts';
import { jobsByIds, jobsPage } from '../../../db/queries.ts';
import { useServices } from '../../../services/services.tsx';
import { stateText } from '../../../words/status-words.ts';
import { useDraftForm } from '../draft-context.tsx';
import { Labelled } from '../fields/labelled.tsx';
import styles from './plan.module.css';

const RECENT = 100;

/** The jobs that it waits for, chosen of the recent ones by name. */
export function AfterJobs() {
  const { form, onChange, errorAt } = useDraftForm();
  const { after } = form;
  const { recent, rowOf } = useKnownJobs(after);
  const offered = recent.filter(({ id }) => !after.includes(id));
  return (
    <Labelled label="After other jobs" error={errorAt('/metadata/jobdeck/after')}>
      {after.map((id) => {
        const row = rowOf(id);
        return (
          <div key={id} className={styles.job}>
            <span className={styles.jobName}>{row?.name ?? id}</span>
            <span className={styles.jobState}>{row ? stateText(row) : 'not in the history'}</span>
            <IconButton
              label={`Do not wait for ${row?.name ?? id}`}
              icon={<IconX size={14} />}
              onClick={() => onChange({ after: after.filter((other) => other !== id) })}
            />
          </div>
        );
      })}
      <select
        aria-label="Add a job to wait for"
        className={fieldStyles.input}
        value=""
        disabled={offered.length === 0}
        onChange={(event) => onChange({ after: [...after, event.currentTarget.value] })}
      >
        <option value="" disabled>
          {offered.length === 0 ? 'No other job is in the history' : 'Add a job to wait for…'}
        </option>
        {offered.map((row) => (
          <option key={row.id} value={row.id}>
            {`${row.name}, ${stateText(row)}, ${formatAgo(row.createdAtMs, Date.now())}`}
          </option>
        ))}
      </select>
      {after.length === 0 ? null : (
        <div className={styles.condition}>
          <SelectField
            label="It runs when they have"
            value={form.afterCondition}
            options={[
              { value: 'completed', label: 'completed; it fails if one does not' },
              { value: 'ended', label: 'ended, however they did' },
            ]}
            onChange={(afterCondition) => onChange({ afterCondition })}
          />
        </div>
      )}
    </Labelled>
  );
}

/** The newest jobs, and those that are waited for already, which may be older. */
function useKnownJobs(after: readonly string[]) {
  const { db } = useServices();
  const [recent, setRecent] = useState<readonly JobRow[]>([]);
  const [waitedFor, setWaitedFor] = useState<readonly JobRow[]>([]);
  const ids = after.join();
  useEffect(() => {
    void jobsPage(db, { filter: 'all', search: '' }, { limit: RECENT }).then((page) => setRecent(page.rows));
  }, [db]);
  useEffect(() => {
    const known = ids
      .split(',')
      .map(parseJobId)
      .filter((id) => id !== null);
    void jobsByIds(db, known).then(setWaitedFor);
  }, [db, ids]);
  return { recent, rowOf: (id: string) => [...waitedFor, ...recent].find((row) => row.id === id) };
}
