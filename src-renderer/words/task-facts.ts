/** What a task would run, fact by fact: the approval and the overview show the same. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobFact, Surroundings } from './job-fact.ts';
import { whatElse, whatRuns } from './job-facts.ts';
import { quoted } from './kind-words.ts';

export interface TaskFact {
  label: string;
  value: string;
  mono?: boolean;
  block?: boolean;
}

/** Everything of a job that reaches the machine or the network when it runs, as text; not what it does not do. */
export function taskFacts(job: BatchJob, surroundings: Surroundings = {}): TaskFact[] {
  const task = jobdeckOf(job)?.task;
  if (task === undefined) return [{ label: 'Task', value: 'None: a record from elsewhere' }];
  const runs =
    task.kind === 'command' && 'program' in task
      ? [block('Command', [task.program, ...(task.args ?? [])].map(quoted).join(' '))]
      : asText(whatRuns(job, task, surroundings));
  return [...runs, ...asText(whatElse(job, task, surroundings))];
}

function asText(facts: readonly JobFact[]): TaskFact[] {
  return facts.flatMap((fact) => (fact.kind === 'words' && fact.isQuiet ? [] : [textOf(fact)]));
}

function textOf(fact: JobFact): TaskFact {
  const { label } = fact;
  switch (fact.kind) {
    case 'words':
      return { label, value: fact.value };
    case 'values':
      return { label, value: fact.values.join('\n'), mono: true };
    case 'block':
      return block(label, fact.value);
    case 'pairs':
      return block(label, fact.pairs.map((pair) => pair.join(fact.sign)).join('\n'));
    case 'address':
      return { label, value: `${fact.words} ${fact.address}`, mono: true };
    default:
      return assertNever(fact);
  }
}

function block(label: string, value: string): TaskFact {
  return { label, value, mono: true, block: true };
}
