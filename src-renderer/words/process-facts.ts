/** What a process is, and what it is given. */
import type { CommandTask, ScriptTask } from '#shared/job/tasks.ts';
import { countOf } from './count-words.ts';
import type { JobFact, Surroundings } from './job-fact.ts';

/** The command or the script itself. */
export function processFacts(task: CommandTask | ScriptTask, { platform }: Surroundings): JobFact[] {
  if (task.kind === 'script') {
    return [
      { kind: 'values', label: 'Interpreter', values: [task.interpreter] },
      {
        kind: 'block',
        label: 'Script',
        note: countOf(task.source.trimEnd().split('\n').length, 'line'),
        value: task.source,
      },
    ];
  }
  if ('shell' in task) {
    const note = platform === undefined ? {} : { note: platform === 'win32' ? 'for cmd.exe' : 'for /bin/sh' };
    return [{ kind: 'block', label: 'Shell line', ...note, value: task.shell }];
  }
  const { program, args = [] } = task;
  return [
    { kind: 'values', label: 'Program', values: [program] },
    args.length === 0
      ? { kind: 'words', label: 'Arguments', value: 'None', isQuiet: true }
      : {
          kind: 'values',
          label: args.length === 1 ? 'Argument' : countOf(args.length, 'argument'),
          values: args,
        },
  ];
}

/** Its directory, its environment and its standard input. */
export function placeFacts(task: CommandTask | ScriptTask, { homeDirectory }: Surroundings): JobFact[] {
  const env = Object.entries(task.env ?? {});
  return [
    task.cwd === undefined
      ? {
          kind: 'words',
          label: 'Directory',
          value: ['Home directory', homeDirectory].filter(Boolean).join(', '),
        }
      : { kind: 'values', label: 'Directory', values: [task.cwd] },
    env.length === 0
      ? { kind: 'words', label: 'Environment', value: 'As Jobdeck’s own, nothing added', isQuiet: true }
      : {
          kind: 'pairs',
          label: 'Environment',
          note: `${countOf(env.length, 'variable')} added`,
          sign: '=',
          pairs: env,
        },
    task.stdin === undefined || task.stdin === ''
      ? { kind: 'words', label: 'Standard input', value: 'Empty', isQuiet: true }
      : { kind: 'block', label: 'Standard input', value: task.stdin },
  ];
}
