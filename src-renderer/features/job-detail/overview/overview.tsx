import { type ReactNode, useMemo } from 'react';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemCounts } from '#shared/job/jobdeck-metadata.ts';
import { isProcessTask } from '#shared/job/tasks.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { type Fact, FactList } from '../../../components/fact-list/fact-list.tsx';
import { formatBytes } from '../../../components/format/bytes.ts';
import { formatDuration } from '../../../components/format/duration.ts';
import { isInRunner, type JobRow } from '../../../db/job-row.ts';
import { useProfiles } from '../../../services/use-profiles.ts';
import { useProgress } from '../../../services/use-progress.ts';
import { formatCount } from '../../../words/count-words.ts';
import { needsApproval } from '../../../words/status-words.ts';
import { whyItStopped } from '../../../words/stop-words.ts';
import { taskFacts } from '../../../words/task-facts.ts';
import styles from './overview.module.css';
import { RerunOf } from './rerun-of.tsx';
import { Timeline } from './timeline.tsx';
import { timelineSteps } from './timeline-steps.ts';

/** What became of a job and what it runs, at a glance. */
export function Overview({ row, delivery }: { row: JobRow; delivery: Delivery | null }) {
  const { job } = row;
  const jobdeck = jobdeckOf(job);
  const { profiles } = useProfiles();
  const why = whyItStopped(job);
  const progress = useProgress(row.id, isInRunner(row));
  const steps = useMemo(() => timelineSteps(job, progress, delivery), [job, progress, delivery]);
  const measured = useMemo(() => measuredFacts(row), [row]);

  return (
    <div className={styles.overview}>
      {needsApproval(row) ? (
        <Banner tone="warn">
          This job was imported. Nothing of it runs until you have seen and approved what it would do.
        </Banner>
      ) : null}
      {why === null ? null : (
        <Banner tone={job.status === 'failed' || job.status === 'expired' ? 'bad' : 'info'}>{why}</Banner>
      )}
      <Section title="What happened">
        <Timeline steps={steps} />
      </Section>
      <Section title={job.completed_at === null ? 'What runs' : 'What ran'}>
        <FactList facts={shownFacts(row, profiles)} />
      </Section>
      {measured.length > 0 ? (
        <Section title="Result">
          <FactList facts={measured} />
        </Section>
      ) : null}
      {jobdeck?.notes ? (
        <Section title="Notes">
          <p className={styles.notes}>{jobdeck.notes}</p>
        </Section>
      ) : null}
      <Section title="Record">
        <FactList facts={recordFacts(row)} />
        {jobdeck?.rerun_of ? <RerunOf id={jobdeck.rerun_of} /> : null}
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

/** What it runs; of the environment only the names, whose values may be secrets. The JSON has all of it. */
function shownFacts({ job }: JobRow, profiles: readonly ModelProfile[] | null): Fact[] {
  const task = jobdeckOf(job)?.task;
  return taskFacts(job, profiles === null ? {} : { profiles }).map((fact) =>
    fact.label === 'Environment' && task && isProcessTask(task)
      ? { label: fact.label, value: Object.keys(task.env ?? {}).join(', '), mono: true }
      : fact,
  );
}

function measuredFacts({ job }: JobRow): Fact[] {
  const { result, counts } = jobdeckOf(job) ?? {};
  const facts: Fact[] = [];
  if (counts !== undefined) facts.push({ label: 'Items', value: itemCountWords(counts) });
  if (typeof result?.exit_code === 'number')
    facts.push({ label: 'Exit code', value: String(result.exit_code) });
  if (result?.signal) facts.push({ label: 'Signal', value: result.signal });
  if (job.total_duration_ns !== null) {
    facts.push({
      label: 'Duration',
      value: formatDuration(job.total_duration_ns / 1e6),
      title: `${job.total_duration_ns} ns`,
    });
  }
  if (job.ttft_ns !== null) {
    facts.push({
      label: 'First output',
      value: `after ${formatDuration(job.ttft_ns / 1e6)}`,
      title: `${job.ttft_ns} ns`,
    });
  }
  if (result?.status_code !== undefined) facts.push({ label: 'Answer', value: `HTTP ${result.status_code}` });
  if (result?.finish_reason) facts.push({ label: 'Stopped by', value: result.finish_reason });
  if (result?.usage) facts.push({ label: 'Usage', value: JSON.stringify(result.usage), mono: true });
  if (result?.stdout_bytes !== undefined) {
    facts.push({
      label: 'Printed',
      value: `${formatBytes(result.stdout_bytes)} output, ${formatBytes(result.stderr_bytes ?? 0)} errors`,
    });
  }
  return facts;
}

/** "100, all done"; or what became of the others as well. */
function itemCountWords({ total, completed, failed, cancelled }: ItemCounts): string {
  if (completed === total) return `${formatCount(total)}, all done`;
  const parts = [
    [completed, 'done'],
    [failed, 'failed'],
    [cancelled, 'cancelled'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return `${formatCount(total)}: ${said.join(', ')}`;
}

function recordFacts({ job, origin }: JobRow): Fact[] {
  const facts: Fact[] = [{ label: 'Id', value: job.id, mono: true }];
  if (origin === 'imported') facts.push({ label: 'Origin', value: 'Imported' });
  if (job.background !== null && job.completed_at !== null) {
    facts.push({
      label: 'Window',
      value: job.background ? 'None was open when it started' : 'Open when it started',
    });
  }
  return facts;
}
