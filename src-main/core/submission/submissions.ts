/** Takes jobs over from the history, and answers once they are durable. */
import { AppError } from '#shared/app-error.ts';
import type { SubmitResponse } from '#shared/contract/jobs.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { EndedDependency } from '#shared/job/jobdeck-metadata.ts';
import { isTerminal, type TerminalStatus } from '#shared/job/lifecycle.ts';
import { type Transition, transition } from '#shared/job/transition.ts';
import type { ActiveJob, ActiveJobs } from '../active-jobs.ts';
import type { Ledger } from '../ledger.ts';
import type { Lines } from '../lines.ts';
import type { Clock, Cron, Journal } from '../ports.ts';
import type { Queues } from '../queue/queue-settings.ts';
import { checkSubmission, type SubmissionFacts } from './check-submission.ts';
import { endedBefore } from './refusals.ts';

export interface SubmissionsContext {
  journal: Journal;
  active: ActiveJobs;
  ledger: Ledger;
  lines: Lines;
  queues: Queues;
  clock: Clock;
  cron: Cron;
  profileId: string;
  isStopping: () => boolean;
  /** Looks at a job that has become durable. */
  look(entry: ActiveJob): void;
}

export type Submit = (
  jobs: readonly BatchJob[],
  ended: readonly EndedDependency[],
) => Promise<SubmitResponse>;

export function createSubmissions(context: SubmissionsContext): Submit {
  const { journal, active, ledger, lines } = context;
  const onTheirWay = new Set<Promise<void>>();

  /** Takes over jobs that are durable together or not at all. */
  function admit(admitted: readonly { entry: ActiveJob; change: Transition }[]): Promise<void> {
    return ledger.record(() => ({
      lines: admitted.map(({ entry, change }) => lines.submission(entry, change)),
      applied() {
        for (const { entry } of admitted) context.look(entry);
      },
      refused() {
        for (const { entry } of admitted) active.remove(entry);
      },
    }));
  }

  /** Gives the writes that those are waiting for who submitted these jobs. */
  function takeOver(taken: readonly BatchJob[], related: ReadonlySet<JobId>, now: string): Promise<void>[] {
    const admitted = taken.map((job) => {
      const change = transition(job, { type: 'submit', by: context.profileId }, now);
      return { entry: active.add(change.job, 'submitting'), change };
    });
    const together = admitted.filter(({ entry }) => related.has(entry.job.id));
    const alone = admitted.filter(({ entry }) => !related.has(entry.job.id)).map((each) => [each]);
    return [together, ...alone]
      .filter(({ length }) => length > 0)
      .map((group) => {
        const work = admit(group);
        for (const { entry } of group) entry.work = work;
        onTheirWay.add(work);
        const over = () => onTheirWay.delete(work);
        work.then(over, over);
        return work;
      });
  }

  function factsOf(ended: readonly EndedDependency[]): SubmissionFacts {
    const told = new Map<string, TerminalStatus>();
    for (const { id, status } of ended) if (isTerminal(status)) told.set(id, status);
    return {
      now: context.clock.now(),
      cron: context.cron,
      statusOf(id) {
        if (active.get(id as JobId) !== undefined) return 'active';
        const status = journal.find(id as JobId)?.job.status;
        return status !== undefined && isTerminal(status) ? status : (told.get(id) ?? null);
      },
      queueMode: (name) => context.queues.get(name).mode,
      holderOf: (key) => active.relations.holderOf(key)?.job.id,
    };
  }

  return async (jobs, ended) => {
    const fresh = new Map(jobs.map((job) => [job.id, job]));
    const others: SubmitResponse['refused'] = [];
    const writes: Promise<void>[] = [];
    const leaveOutKnown = () => {
      for (const id of fresh.keys()) {
        const known = active.get(id);
        if (known?.phase === 'submitting') writes.push(known.work);
        const kept = journal.find(id)?.job;
        const job = fresh.get(id);
        if (known === undefined && kept !== undefined && job !== undefined && isAnother(kept, job)) {
          others.push({ id, error: toErrorValue(endedBefore(kept)) });
        }
        if (known !== undefined || kept !== undefined) fresh.delete(id);
      }
    };
    leaveOutKnown();
    if ([...fresh.values()].some(dependsOnOthers)) {
      // What others may depend on is durable, or gone, before it is depended on.
      while (onTheirWay.size > 0) await Promise.allSettled(onTheirWay);
      leaveOutKnown();
    }
    if (context.isStopping()) throw new AppError('closing', 'Jobdeck is closing and takes no jobs any more.');
    const facts = factsOf(ended);
    const { taken, related, refused: checked } = checkSubmission(fresh, facts);
    const refused = [...others, ...checked];
    writes.push(...takeOver(taken, related, facts.now));
    // All are waited for, so that nothing is still on its way when the first failure is told.
    const failure = (await Promise.allSettled(writes)).find((write) => write.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    const refusedIds = new Set(refused.map(({ id }) => id));
    const accepted = new Set(jobs.map(({ id }) => id).filter((id) => !refusedIds.has(id)));
    return { accepted: [...accepted], refused };
  };
}

/**
 * Whether a job that was submitted is not the one of its id that has ended: a window that did not hear an answer may ask
 * for that one a second time, but what came in its place since was not run.
 */
function isAnother(kept: BatchJob, job: BatchJob): boolean {
  return isTerminal(kept.status) && (kept.created_at !== job.created_at || taskOf(kept) !== taskOf(job));
}

/** The task, to be compared. */
function taskOf(job: BatchJob): string {
  return JSON.stringify(jobdeckOf(job)?.task ?? null);
}

function dependsOnOthers(job: BatchJob): boolean {
  const { after = [], dedup_key: key } = jobdeckOf(job) ?? {};
  return after.length > 0 || key != null;
}
