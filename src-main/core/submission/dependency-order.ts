/** The order in which jobs that were submitted together are taken over: each after those that it waits for. Pure. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';

export interface DependencyOrder {
  /** All of them; in the order given, as far as that is possible. */
  order: BatchJob[];
  /** The jobs that wait for themselves, each with the ring of ids that it is in. */
  rings: ReadonlyMap<string, readonly string[]>;
}

/** Takes no recursion: a chain of ten thousand does not overflow the stack. */
export function dependencyOrder(jobs: ReadonlyMap<string, BatchJob>): DependencyOrder {
  const order: BatchJob[] = [];
  const rings = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  /** From a job to those it waits for, as far as they are being looked at. */
  const path: { job: BatchJob; next: number }[] = [];
  const onPath = new Map<string, number>();

  function open(job: BatchJob): void {
    seen.add(job.id);
    onPath.set(job.id, path.length);
    path.push({ job, next: 0 });
  }

  function close(): void {
    const closed = path.pop();
    if (closed === undefined) return;
    onPath.delete(closed.job.id);
    order.push(closed.job);
  }

  for (const root of jobs.values()) {
    if (!seen.has(root.id)) open(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const id = jobdeckOf(top.job)?.after?.[top.next];
      top.next += 1;
      if (id === undefined) {
        close();
        continue;
      }
      const job = jobs.get(id);
      const start = onPath.get(id);
      if (start !== undefined) {
        const ring = path.slice(start).map((each) => each.job.id);
        for (const member of ring) if (!rings.has(member)) rings.set(member, ring);
      } else if (job !== undefined && !seen.has(id)) open(job);
    }
  }
  return { order, rings };
}
