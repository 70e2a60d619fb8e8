/** Which jobs need a network: those that ask another machine. A server on this one answers without. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';

export type NetworkNeed = (job: BatchJob) => boolean;

/** @param addressOf the address of a saved model profile; null where there is none of that id */
export function createNetworkNeed(addressOf: (agentId: string) => string | null): NetworkNeed {
  return (job) => {
    const task = jobdeckOf(job)?.task;
    if (task?.kind === 'http') return isElsewhere(task.url);
    if (task?.kind !== 'llm') return false;
    return isElsewhere(task.base_url ?? (job.agent_id === null ? null : addressOf(job.agent_id)));
  };
}

const HOST = /^\s*https?:\/\/(?:[^/?#]*@)?(?:\[([^\]]*)\]|([^/?#:]*))/iu;
/** Names and addresses that lead back to this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291). */
const THIS_MACHINE = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|::1|0:0:0:0:0:0:0:1)$/iu;

/** What can't be told, such as a host that an item gives, counts as another machine. */
export function isElsewhere(address: string | null): boolean {
  const [, six, host] = HOST.exec(address ?? '') ?? [];
  return !THIS_MACHINE.test(six ?? host ?? '');
}
