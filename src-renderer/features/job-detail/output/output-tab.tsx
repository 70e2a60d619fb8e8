import { useState } from 'react';
import type { OutputStream } from '#shared/contract/output.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { formatBytes } from '../../../components/format/bytes.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { isInRunner, type JobRow } from '../../../db/job-row.ts';
import { keptOutput, noAttemptWords } from '../../../words/output-words.ts';
import { OutputPane } from './output-pane.tsx';
import styles from './output-tab.module.css';
import { streamToShow } from './stream-to-show.ts';

/** What the job printed: which attempt, which stream, and the text itself. */
export function OutputTab({ row }: { row: JobRow }) {
  const jobdeck = jobdeckOf(row.job);
  const attempts = jobdeck?.attempts ?? [];
  const latest = attempts.length;
  const [picked, setPicked] = useState<number | null>(null);
  const [chosen, setChosen] = useState<OutputStream | null>(null);
  const attempt = picked ?? latest;
  const isLive = isInRunner(row) && row.status === 'running' && attempt === latest;
  // The sizes of the record are those of the last attempt.
  const result = attempt === latest && !isLive ? jobdeck?.result : undefined;
  const stream = chosen ?? streamToShow(result);

  if (latest === 0) return <p className={styles.nothing}>{noAttemptWords(row.job)}</p>;
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <Segmented
          label="Stream"
          value={stream}
          options={[
            { value: 'stdout', label: 'Output', ...sizeNote(result?.stdout_bytes) },
            { value: 'stderr', label: 'Errors', ...sizeNote(result?.stderr_bytes) },
          ]}
          onChange={setChosen}
        />
        {latest > 1 ? (
          <select
            aria-label="Attempt"
            className={styles.attempt}
            value={attempt}
            onChange={(event) => setPicked(Number(event.currentTarget.value))}
          >
            {attempts.map((each) => (
              <option key={each.number} value={each.number}>
                Attempt {each.number}
              </option>
            ))}
          </select>
        ) : null}
      </div>
      <OutputPane
        key={`${row.id}/${attempt}/${stream}`}
        output={{ jobId: row.id, attempt, stream }}
        isLive={isLive}
        kept={keptOutput(result, stream)}
      />
    </div>
  );
}

function sizeNote(bytes: number | undefined): { note?: string } {
  return bytes === undefined ? {} : { note: formatBytes(bytes) };
}
