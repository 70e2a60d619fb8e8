/** Everything of a job that reaches this machine or the network: what is approved is what is shown here. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isProcessTask, type Task } from '#shared/job/tasks.ts';
import { placeholdersOf } from '#shared/job/template/index.ts';
import { localPlaceOf } from './callback-target.ts';
import type { JobFact, Surroundings } from './job-fact.ts';
import { itemFacts, limitFacts, timeFacts, waitFacts } from './plan-facts.ts';
import { placeFacts, processFacts } from './process-facts.ts';
import { httpFacts, modelFacts } from './request-facts.ts';

/** The facts in the order in which one asks for them. */
export function jobFacts(job: BatchJob, surroundings: Surroundings = {}): JobFact[] {
  const task = jobdeckOf(job)?.task;
  if (task === undefined) return [{ kind: 'words', label: 'Task', value: 'None: nothing of it can run' }];
  return [...whatRuns(job, task, surroundings), ...whatElse(job, task, surroundings)];
}

/** The command, script or request itself. */
export function whatRuns(job: BatchJob, task: Task, surroundings: Surroundings): JobFact[] {
  switch (task.kind) {
    case 'command':
    case 'script':
      return processFacts(task, surroundings);
    case 'http':
      return httpFacts(task);
    case 'llm':
      return modelFacts(job, task, surroundings);
    default:
      return assertNever(task);
  }
}

/** All that it is given, works on, waits for and leaves behind. */
export function whatElse(job: BatchJob, task: Task, surroundings: Surroundings): JobFact[] {
  const jobdeck = jobdeckOf(job);
  if (jobdeck === undefined) return [];
  return [
    ...(isProcessTask(task) ? placeFacts(task, surroundings) : []),
    ...secretFacts(task),
    ...itemFacts(jobdeck),
    ...timeFacts(jobdeck),
    ...waitFacts(jobdeck),
    ...limitFacts(jobdeck),
    callbackFact(job.callback_url),
  ];
}

/** Where its result goes. A place on this machine or in its network is named as such: approving the job allows it. */
function callbackFact(url: string | null): JobFact {
  if (url === null) {
    return { kind: 'words', label: 'Callback', value: 'None: its result stays here', isQuiet: true };
  }
  const fact: JobFact = {
    kind: 'address',
    label: 'Callback',
    words: 'Its result will be posted to',
    address: url,
  };
  const place = localPlaceOf(url);
  return place === null ? fact : { ...fact, note: LOCAL_NOTES[place] };
}

const LOCAL_NOTES = {
  'this-computer': 'to a program on this computer',
  network: 'to a machine in your network',
} as const;

/** The secrets that are filled in, by name: what is in them is never shown. */
function secretFacts(task: Task): JobFact[] {
  const names = placeholdersOf(task).flatMap(({ placeholder }) =>
    placeholder.kind === 'secret' ? [placeholder.name] : [],
  );
  if (names.length === 0) return [];
  return [{ kind: 'values', label: 'Your secrets', note: 'filled in', values: [...new Set(names)] }];
}
