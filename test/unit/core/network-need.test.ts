import { describe, expect, it } from 'vitest';
import type { Task } from '#shared/job/tasks.ts';
import { createNetworkNeed } from '../../../src-main/core/queue/network-need.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';

const LOCAL_PROFILE = 'agent-00000001-0000-4000-8000-000000000000';
const needsNetwork = createNetworkNeed((id) => (id === LOCAL_PROFILE ? 'http://127.0.0.1:11434/v1' : null));
const jobOf = (task: Task, agentId: string | null = null) => ({
  ...sampleJob(0, { task }),
  agent_id: agentId,
});
const request = (url: string) => jobOf({ kind: 'http', url });
const call = { kind: 'llm', endpoint: 'embeddings', request: {} } as const;

describe('what needs a network', () => {
  it.each([
    'https://example.org/',
    'http://192.168.1.7:8080/x',
    'http://127.0.0.1.example.org/',
    'http://localhost.example.org/',
    'http://example.org/?to=http://127.0.0.1/',
    'http://127.0.0.1@example.org/',
    'http://{{item.host}}/',
    '{{item.url}}',
    '',
  ])('is a request to another machine, or to who knows where: %j', (url) => {
    expect(needsNetwork(request(url))).toBe(true);
  });

  it.each([
    'http://127.0.0.1:8080/done',
    'http://localhost/',
    'HTTP://LOCALHOST:1/',
    'https://app.localhost/{{item.path}}',
    'http://[::1]:9000/',
    'http://127.8.9.1/',
  ])('is no request to this machine: %s', (url) => {
    expect(needsNetwork(request(url))).toBe(false);
  });

  it('is a model elsewhere, and not one that runs here', () => {
    expect(needsNetwork(jobOf({ ...call, base_url: 'https://api.openai.com/v1' }))).toBe(true);
    expect(needsNetwork(jobOf({ ...call, base_url: 'http://localhost:11434/v1' }))).toBe(false);
    expect(needsNetwork(jobOf(call, LOCAL_PROFILE))).toBe(false);
    expect(needsNetwork(jobOf(call, 'agent-00000009-0000-4000-8000-000000000000'))).toBe(true);
  });

  it('is no program', () => {
    expect(needsNetwork(jobOf({ kind: 'command', shell: 'curl https://example.org' }))).toBe(false);
  });
});
