/** What of a valid document can't be run as it is: seen before anything is. */

import type { DocumentProblem } from '#shared/contract/documents.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { type BatchJobDocument, jobdeckOf } from '#shared/job/batch-job.ts';
import type { Items, JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import { expandTask, type TemplateScope } from '#shared/job/template/index.ts';
import { createCron } from '../../adapters/schedule/cron.ts';

/**
 * Checks the documents of a call, one after the other: a cycle is told at the document that closes it. What has ended
 * is not looked at.
 * @param now RFC 3339, UTC
 */
export function createRequestCheck(now: string): (document: BatchJobDocument) => DocumentProblem[] {
  const cron = createCron();
  const cycleOf = createCycleCheck();

  return (document) => {
    const { status = 'created', metadata = null } = document;
    const jobdeck = jobdeckOf({ metadata });
    if (jobdeck === undefined || (status !== 'created' && status !== 'pending')) return [];
    return [
      ...problemAt('/metadata/jobdeck/schedule', scheduleProblem(jobdeck)),
      ...problemAt('/metadata/jobdeck/task', templateProblem(jobdeck)),
      ...problemAt('/metadata/jobdeck/after', cycleOf(document.id, jobdeck.after ?? [])),
    ];
  };

  function scheduleProblem({ schedule }: JobdeckMetadata): string | null {
    if (!schedule) return null;
    try {
      return cron.next(schedule, now) === null ? 'Expected a schedule with a time to come, got none.' : null;
    } catch (error) {
      return toErrorValue(error).message;
    }
  }
}

/** Filled in with the first item, where that is in the document itself. */
function templateProblem({ task, items }: JobdeckMetadata): string | null {
  const item = firstItem(items);
  if (task === undefined || item === undefined) return null;
  const expansion = expandTask(task, { item, secret: () => null, shell: SHELL });
  return 'error' in expansion ? expansion.error.message : null;
}

const SHELL: TemplateScope['shell'] = process.platform === 'win32' ? 'cmd' : 'posix';

/** Null where there are no items, undefined where the first one is not known. */
function firstItem(items: Items | undefined): TemplateScope['item'] | undefined {
  if (items === undefined) return null;
  if ('range' in items) return { index: 0, value: items.range.from };
  if ('values' in items && items.values.length > 0) return { index: 0, value: items.values[0] };
  return undefined;
}

function problemAt(path: string, message: string | null): DocumentProblem[] {
  return message === null ? [] : [{ path, message }];
}

/** Looks for jobs that wait for each other. */
function createCycleCheck(): (id: string | undefined, after: readonly string[]) => string | null {
  const waitsFor = new Map<string, readonly string[]>();
  const awaited = new Set<string>();

  return (id, after) => {
    if (id === undefined || after.length === 0) return null;
    waitsFor.set(id, after);
    for (const other of after) awaited.add(other);
    const cycle = awaited.has(id) ? wayBack(id, after) : null;
    return cycle === null
      ? null
      : `Expected jobs that don't wait for each other, got ${cycle.join(' after ')}.`;
  };

  /** The shortest way from `id` over what it waits for back to it. */
  function wayBack(id: string, after: readonly string[]): string[] | null {
    const cameFrom = new Map<string, string>(after.map((other) => [other, id]));
    const open = [...cameFrom.keys()];
    for (const at of open) {
      if (at === id) return wayTo(id, cameFrom);
      for (const next of waitsFor.get(at) ?? []) {
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, at);
        open.push(next);
      }
    }
    return null;
  }

  function wayTo(id: string, cameFrom: ReadonlyMap<string, string>): string[] {
    const way = [id];
    for (let at = cameFrom.get(id); at !== undefined && at !== id; at = cameFrom.get(at)) way.push(at);
    return [id, ...way.slice(1).reverse(), id];
  }
}
