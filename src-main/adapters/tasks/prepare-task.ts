/** From an attempt as the runner has it to one that an executor can run: everything filled in. */
import { MIN_SECRET_CHARACTERS } from '#shared/contract/profiles.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import { isProcessTask, type LlmTask, type Task } from '#shared/job/tasks.ts';
import { expandTask, itemEnvironment } from '#shared/job/template/index.ts';
import type { AttemptSpec } from '../../core/ports.ts';
import type { ProfileStore, SecretStore } from '../workspace-types.ts';
import { withProfile } from './model-profile.ts';
import type { PreparedSpec } from './prepared-spec.ts';

export interface TaskSources {
  secrets: Pick<SecretStore, 'get'>;
  profiles: Pick<ProfileStore, 'get'>;
}

/** Fills the item, the secrets and the model profile into the task of an attempt. */
export function prepareTask(spec: AttemptSpec, sources: TaskSources): PreparedSpec | { error: JobError } {
  /** Each secret that is read, whatever for, is one that must not leave. */
  const values = new Set<string>();
  let tooShort: string | undefined;
  const secret = (name: string) => {
    const value = sources.secrets.get(name);
    if (value !== undefined && value.length < MIN_SECRET_CHARACTERS) tooShort ??= name;
    else if (value !== undefined) values.add(value);
    return value;
  };
  const item = spec.item === undefined ? null : { index: spec.item, value: spec.itemValue };
  const shell = process.platform === 'win32' ? 'cmd' : 'posix';
  const expansion = expandTask(spec.task, { item, secret, shell });
  if ('error' in expansion) return expansion;

  let task: Task = expansion.task;
  let bearerToken: string | undefined;
  if (task.kind === 'llm' && spec.agentId != null) {
    const filled = fillProfile(task, spec.agentId, sources, secret);
    if ('error' in filled) return filled;
    ({ task, bearerToken } = filled);
  }
  if (tooShort !== undefined) {
    const message = `Expected the secret ${tooShort} to have at least ${MIN_SECRET_CHARACTERS} characters, or it can't be taken out of the output: give it a longer value.`;
    return { error: { code: 'secret', message } };
  }
  if (isProcessTask(task) && item !== null) {
    task = { ...task, env: { ...itemEnvironment(item.index, item.value), ...task.env } };
  }
  return { ...spec, task, redact: [...values], ...(bearerToken !== undefined && { bearerToken }) };
}

function fillProfile(
  task: LlmTask,
  agentId: string,
  { profiles }: TaskSources,
  secret: (name: string) => string | undefined,
) {
  const profile = profiles.get(agentId);
  if (profile === undefined) {
    const message = `Expected a saved model profile with the id ${agentId}, got none: save one in the settings and choose it for the job, or leave agent_id out.`;
    return { error: { code: 'invalid-task', message } satisfies JobError };
  }
  // A profile has secrets in its parameters, and items never: it is the same for all of them.
  const { endpoint } = task;
  const own = expandTask(
    { kind: 'llm', endpoint, request: profile.parameters },
    { item: null, secret, shell: 'posix' },
  );
  if ('error' in own) return own;
  const parameters = own.task.kind === 'llm' && typeof own.task.request === 'object' ? own.task.request : {};
  return withProfile(task, { ...profile, parameters }, secret);
}
