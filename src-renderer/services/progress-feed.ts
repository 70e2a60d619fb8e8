/** How far active jobs are: asked for while somebody looks at them, all of them in one question. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import type { JobId } from '#shared/job/job-id.ts';

const ASK_EVERY_MS = 400;

export interface ProgressFeed {
  /** Follows a job until the answer is called; `onChange` is told of each answer. */
  follow(id: JobId, onChange: () => void): () => void;
  /** What was answered last; null where the job is not active, or not asked for yet. */
  of(id: JobId): JobProgress | null;
}

/** @param isSeen whether anybody can see the window */
export function createProgressFeed(
  api: Pick<JobdeckApi, 'jobProgress'>,
  isSeen: () => boolean = () => document.visibilityState === 'visible',
): ProgressFeed {
  const followers = new Map<JobId, Set<() => void>>();
  let known = new Map<JobId, JobProgress>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function ask(): Promise<void> {
    const ids = [...followers.keys()].slice(0, MAX_PAGE);
    const answer = await api.jobProgress({ ids });
    // A runner that does not answer is told of elsewhere; what was known last is the best there is.
    if (!answer.ok) return;
    const next = new Map(answer.value.jobs.map((progress) => [progress.id, progress]));
    const before = known;
    known = next;
    for (const id of ids) {
      if (isSame(before.get(id), next.get(id))) continue;
      for (const onChange of followers.get(id) ?? []) onChange();
    }
  }

  function schedule(delayMs: number): void {
    timer ??= setTimeout(() => {
      const asking = isSeen() ? ask() : Promise.resolve();
      void asking.finally(() => {
        timer = null;
        if (followers.size > 0) schedule(ASK_EVERY_MS);
      });
    }, delayMs);
  }

  return {
    follow(id, onChange) {
      const all = followers.get(id) ?? new Set();
      followers.set(id, all.add(onChange));
      schedule(0);
      return () => {
        all.delete(onChange);
        if (all.size === 0) followers.delete(id);
        if (followers.size > 0 || timer === null) return;
        clearTimeout(timer);
        timer = null;
      };
    },
    of: (id) => known.get(id) ?? null,
  };
}

function isSame(one: JobProgress | undefined, other: JobProgress | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
