/** What goes to the network: an HTTP request, or a call of a model. */
import type { ModelProfile } from '#shared/contract/profiles.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { HttpTask, LlmTask } from '#shared/job/tasks.ts';
import { formatBytes } from '../components/format/bytes.ts';
import { countOf } from './count-words.ts';
import type { JobFact, Surroundings } from './job-fact.ts';

export function httpFacts(task: HttpTask): JobFact[] {
  const headers = Object.entries(task.headers ?? {});
  return [
    { kind: 'address', label: 'Request', words: task.method ?? 'GET', address: task.url },
    headers.length === 0
      ? { kind: 'words', label: 'Headers', value: 'None of its own', isQuiet: true }
      : {
          kind: 'pairs',
          label: 'Headers',
          note: countOf(headers.length, 'header'),
          sign: ': ',
          pairs: headers,
        },
    task.body === undefined
      ? { kind: 'words', label: 'Body', value: 'None', isQuiet: true }
      : { kind: 'block', label: 'Body', ...bodyOf(task.body) },
    { kind: 'words', label: 'Redirects', ...redirectsOf(task.max_redirects ?? 0) },
    {
      kind: 'words',
      label: 'Success is',
      value: (task.expect?.status ?? ['2xx']).join(', '),
      isQuiet: task.expect?.status === undefined,
    },
    ...(task.max_response_bytes === undefined
      ? []
      : [{ kind: 'words' as const, label: 'Size limit', value: formatBytes(task.max_response_bytes) }]),
  ];
}

/** @param job whose `agent_id` names the profile */
export function modelFacts(
  job: Pick<BatchJob, 'agent_id'>,
  task: LlmTask,
  { profiles }: Surroundings,
): JobFact[] {
  const profile = profiles?.find(({ id }) => id === job.agent_id);
  const base = task.base_url ?? profile?.base_url;
  const facts: JobFact[] = [
    base === undefined
      ? { kind: 'words', label: 'Endpoint', value: `${task.endpoint}, at the address of its profile` }
      : {
          kind: 'address',
          label: 'Endpoint',
          words: 'POST',
          address: `${base.replace(/\/$/u, '')}/${task.endpoint}`,
        },
  ];
  if (job.agent_id !== null) {
    facts.push({
      kind: 'words',
      label: 'Profile',
      value:
        profile?.name ?? (profiles === undefined ? job.agent_id : `${job.agent_id}, which is not saved here`),
    });
  }
  if (profile?.secret_name && base !== undefined) facts.push(secretFact(profile, profile.secret_name, base));
  const request = typeof task.request === 'string' ? task.request : JSON.stringify(task.request, null, 2);
  facts.push({
    kind: 'block',
    label: 'Request',
    ...(task.stream === false && { note: 'not streamed' }),
    value: request,
  });
  return facts;
}

/** The runner sends the secret of a profile to the profile's own server, and fails the job that would have another. */
function secretFact(profile: ModelProfile, secret: string, base: string): JobFact {
  return URL.parse(base)?.origin === URL.parse(profile.base_url)?.origin
    ? { kind: 'address', label: 'Its secret', words: `${secret} is sent to`, address: base }
    : { kind: 'words', label: 'Its secret', value: `${secret} is not for that address: the job would fail` };
}

function bodyOf(body: unknown): { note: string; value: string } {
  return typeof body === 'string'
    ? { note: 'text', value: body }
    : { note: 'JSON', value: JSON.stringify(body, null, 2) };
}

function redirectsOf(most: number): { value: string; isQuiet: boolean } {
  return most === 0
    ? { value: 'Not followed', isQuiet: true }
    : { value: `Up to ${most}, to whatever address they name`, isQuiet: false };
}
