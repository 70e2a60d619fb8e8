/** What a task would run, fact by fact: the approval and the overview show the same. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { isProcessTask, type Task } from '#shared/job/tasks.ts';
import { quoted } from './kind-words.ts';

export interface TaskFact {
  label: string;
  value: string;
  mono?: boolean;
  block?: boolean;
}

/** Everything of a job that reaches the machine or the network when it runs. */
export function taskFacts(job: BatchJob): TaskFact[] {
  const task = jobdeckOf(job)?.task;
  if (task === undefined) return [{ label: 'Task', value: 'None: a record from elsewhere' }];
  const facts = whatRuns(task);
  if (isProcessTask(task)) {
    facts.push({ label: 'Directory', value: task.cwd ?? 'Home directory', mono: task.cwd !== undefined });
    const env = Object.entries(task.env ?? {});
    if (env.length > 0) {
      facts.push({
        label: 'Environment',
        value: env.map(([name, value]) => `${name}=${value}`).join('\n'),
        mono: true,
        block: true,
      });
    }
    if (task.stdin) facts.push({ label: 'Standard input', value: task.stdin, mono: true, block: true });
  }
  if (job.callback_url) facts.push({ label: 'Callback', value: job.callback_url, mono: true });
  return facts;
}

function whatRuns(task: Task): TaskFact[] {
  switch (task.kind) {
    case 'command':
      return 'shell' in task
        ? [{ label: 'Shell line', value: task.shell, mono: true, block: true }]
        : [
            {
              label: 'Command',
              value: [task.program, ...(task.args ?? [])].map(quoted).join(' '),
              mono: true,
              block: true,
            },
          ];
    case 'script':
      return [
        { label: 'Interpreter', value: task.interpreter, mono: true },
        { label: 'Script', value: task.source, mono: true, block: true },
      ];
    case 'http': {
      const facts: TaskFact[] = [
        { label: 'Request', value: `${task.method ?? 'GET'} ${task.url}`, mono: true },
      ];
      const headers = Object.entries(task.headers ?? {});
      if (headers.length > 0) {
        const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
        facts.push({ label: 'Headers', value: lines, mono: true, block: true });
      }
      if (task.body !== undefined) {
        const body = typeof task.body === 'string' ? task.body : JSON.stringify(task.body, null, 2);
        facts.push({ label: 'Body', value: body, mono: true, block: true });
      }
      return facts;
    }
    case 'llm':
      return [
        { label: 'Endpoint', value: [task.base_url, task.endpoint].filter(Boolean).join('/'), mono: true },
        { label: 'Request', value: JSON.stringify(task.request, null, 2), mono: true, block: true },
      ];
  }
}
