/** What an imported job would do, in full: what is approved is what was shown here. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isProcessTask, type Task } from '#shared/job/tasks.ts';
import { formatDuration } from '../../components/format/duration.ts';
import { countOf } from '../../words/count-words.ts';
import { taskFacts } from '../../words/task-facts.ts';

export type ReviewFact = { label: string; note?: string } & (
  | { kind: 'words'; value: string; isQuiet?: boolean }
  /** Each value has its own frame: one can see where it begins and ends. */
  | { kind: 'values'; values: readonly string[] }
  /** Text that is kept as written, line breaks included. */
  | { kind: 'block'; value: string }
  | { kind: 'pairs'; pairs: readonly (readonly [name: string, value: string])[] }
  /** Words, and the address they are about. */
  | { kind: 'address'; words: string; address: string }
);

/** Where the job would run. */
export interface Machine {
  platform: string;
  homeDirectory: string;
}

/** Everything of a job that reaches this machine or the network, in the order one asks for it. */
export function reviewFacts(job: BatchJob, machine: Machine): ReviewFact[] {
  const jobdeck = jobdeckOf(job);
  const task = jobdeck?.task;
  if (task === undefined) return [{ kind: 'words', label: 'Task', value: 'None: nothing of it can run' }];
  const facts = [...whatRuns(job, task, machine), ...whereItRuns(task, machine)];
  if (jobdeck?.items !== undefined) {
    facts.push({ kind: 'block', label: 'Items', value: JSON.stringify(jobdeck.items, null, 2) });
  }
  facts.push(
    typeof jobdeck?.timeout_ms === 'number'
      ? { kind: 'words', label: 'Timeout', value: `Ended after ${formatDuration(jobdeck.timeout_ms)}` }
      : { kind: 'words', label: 'Timeout', value: 'None: it runs as long as it takes', isQuiet: true },
  );
  if (jobdeck?.on_interrupt === 'rerun') {
    facts.push({ kind: 'words', label: 'If interrupted', value: 'Runs again by itself, from the start' });
  }
  facts.push(
    job.callback_url === null
      ? { kind: 'words', label: 'Callback', value: 'None: its result stays here', isQuiet: true }
      : {
          kind: 'address',
          label: 'Callback',
          words: 'Its result will be posted to',
          address: job.callback_url,
        },
  );
  return facts;
}

function whatRuns(job: BatchJob, task: Task, { platform }: Machine): ReviewFact[] {
  switch (task.kind) {
    case 'command':
      return 'shell' in task
        ? [
            {
              kind: 'block',
              label: 'Shell line',
              note: platform === 'win32' ? 'for cmd.exe' : 'for /bin/sh',
              value: task.shell,
            },
          ]
        : [
            { kind: 'values', label: 'Program', values: [task.program] },
            task.args === undefined || task.args.length === 0
              ? { kind: 'words', label: 'Arguments', value: 'None', isQuiet: true }
              : {
                  kind: 'values',
                  label: task.args.length === 1 ? 'Argument' : `${countOf(task.args.length, 'argument')}`,
                  values: task.args,
                },
          ];
    case 'script':
      return [
        { kind: 'values', label: 'Interpreter', values: [task.interpreter] },
        {
          kind: 'block',
          label: 'Script',
          note: countOf(task.source.trimEnd().split('\n').length, 'line'),
          value: task.source,
        },
      ];
    case 'http':
    case 'llm':
      return taskFacts({ ...job, callback_url: null }).map(({ label, value }) => ({
        kind: 'block',
        label,
        value,
      }));
    default:
      return assertNever(task);
  }
}

function whereItRuns(task: Task, { homeDirectory }: Machine): ReviewFact[] {
  if (!isProcessTask(task)) return [];
  const env = Object.entries(task.env ?? {});
  return [
    task.cwd === undefined
      ? { kind: 'words', label: 'Directory', value: `Home directory, ${homeDirectory}` }
      : { kind: 'values', label: 'Directory', values: [task.cwd] },
    env.length === 0
      ? { kind: 'words', label: 'Environment', value: 'As Jobdeck’s own, nothing added', isQuiet: true }
      : { kind: 'pairs', label: 'Environment', note: `${countOf(env.length, 'variable')} added`, pairs: env },
    task.stdin === undefined || task.stdin === ''
      ? { kind: 'words', label: 'Standard input', value: 'Empty', isQuiet: true }
      : { kind: 'block', label: 'Standard input', value: task.stdin },
  ];
}
