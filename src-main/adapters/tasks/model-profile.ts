/** The saved profile that an `llm` task runs with. */
import type { ModelProfile } from '#shared/contract/profiles.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { LlmTask } from '#shared/job/tasks.ts';

export type WithProfile = { task: LlmTask; bearerToken?: string } | { error: JobError };

/**
 * The task with what its profile adds: the address, the model and parameters that the request leaves out, and the
 * token. A task may name another address than its profile's, but gets no token for another host.
 * @param secret the value of a secret; undefined where there is none
 */
export function withProfile(
  task: LlmTask,
  profile: ModelProfile,
  secret: (name: string) => string | undefined,
): WithProfile {
  const defaults = { ...profile.parameters, ...(profile.model !== null && { model: profile.model }) };
  const merged: LlmTask = {
    ...task,
    base_url: task.base_url ?? profile.base_url,
    request: typeof task.request === 'string' ? task.request : { ...defaults, ...task.request },
  };
  if (profile.secret_name === null) return { task: merged };
  if (originOf(merged.base_url) !== originOf(profile.base_url)) {
    return failed(
      'secret',
      `The secret of the model profile "${profile.name}" is for ${profile.base_url}, and the task goes to ${merged.base_url}: leave base_url out of the task, or agent_id out of the job.`,
    );
  }
  const bearerToken = secret(profile.secret_name);
  if (bearerToken === undefined) {
    return failed(
      'secret',
      `Expected a secret with the name ${profile.secret_name} for the model profile "${profile.name}", got none: add it in the settings, or on the command line with --secret ${profile.secret_name}=VALUE.`,
    );
  }
  return { task: merged, bearerToken };
}

/** Undefined where it is no address: the request will say so. */
function originOf(address: string | undefined): string | undefined {
  return URL.parse(address ?? '')?.origin;
}

function failed(code: JobError['code'], message: string): { error: JobError } {
  return { error: { code, message } };
}
