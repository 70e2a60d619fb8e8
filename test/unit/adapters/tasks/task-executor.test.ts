import { describe, expect, it } from 'vitest';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import { AGENT_ID_PATTERN } from '#shared/contract/profiles.ts';
import type { LlmTask, Task } from '#shared/job/tasks.ts';
import type { PreparedExecutor, PreparedSpec } from '../../../../src-main/adapters/tasks/prepared-spec.ts';
import { createTaskExecutor } from '../../../../src-main/adapters/tasks/task-executor.ts';
import type { AttemptKey, AttemptReport, AttemptSpec } from '../../../../src-main/core/ports.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';

const AGENT = 'agent-5f0f8f0e-6f0e-4c55-9d0c-1c2f7a5f0a11';
const KEY: AttemptKey = { jobId: sampleJobIn('running', 1).id, attempt: 1 };
const PROFILE = {
  id: AGENT,
  name: 'Local',
  base_url: 'http://127.0.0.1:11434/v1',
  model: 'llama',
  parameters: { temperature: 0.2, max_tokens: 100 },
  secret_name: null,
} as unknown as ModelProfile;
const SECRETS: Record<string, string> = { TOKEN: 'hunter2!', KEY: 'abcd"efgh', PIN: '123', WORD: 'code' };
const DONE: AttemptReport = { outcome: 'completed', durationNs: 1, ttftNs: null, result: {} };

/** An executor of one kind that keeps what it is given. */
function recorder(report: AttemptReport = DONE) {
  const runs: PreparedSpec[] = [];
  const asked: string[] = [];
  const executor: PreparedExecutor = {
    async run(spec) {
      runs.push(spec);
      return report;
    },
    async reap() {
      asked.push('reap');
      return { survivors: [7] };
    },
    async suspend() {
      asked.push('suspend');
      return true;
    },
    async resume() {
      asked.push('resume');
      return true;
    },
  };
  return { executor, runs, asked };
}

function openTasks({ profile = PROFILE, report }: { profile?: ModelProfile; report?: AttemptReport } = {}) {
  const [process, http, llm] = [recorder(report), recorder(report), recorder(report)];
  const tasks = createTaskExecutor({
    process: process.executor,
    http: http.executor,
    llm: llm.executor,
    secrets: { get: (name) => SECRETS[name] },
    profiles: { get: (id) => (id === AGENT ? profile : undefined) },
  });
  const run = (task: Task, more: Partial<AttemptSpec> = {}) =>
    tasks.run({ ...KEY, task, timeoutMs: null, killGraceMs: 0, ...more }, new AbortController().signal);
  return { tasks, run, process, http, llm };
}

const LLM: LlmTask = { kind: 'llm', endpoint: 'chat/completions', request: { messages: [] } };

describe('an attempt', () => {
  it('goes to the executor of its kind', async () => {
    const { run, process, http, llm } = openTasks();
    await run({ kind: 'command', program: 'true' });
    await run({ kind: 'script', interpreter: 'python3', source: '' });
    await run({ kind: 'http', url: 'http://a.test/' });
    await run(LLM);
    expect([process.runs.length, http.runs.length, llm.runs.length]).toEqual([2, 1, 1]);
  });

  it("has its item filled in, and of a process in its environment under the task's own", async () => {
    const { run, process } = openTasks();
    const task: Task = {
      kind: 'command',
      program: 'echo',
      args: ['{{item.path}}', '{{index}}'],
      env: { JOBDECK_ITEM_KIND: 'mine' },
    };
    await run(task, { item: 3, itemValue: { path: 'a.jpg', kind: 'photo' } });
    expect(process.runs[0]).toMatchObject({
      item: 3,
      task: {
        args: ['a.jpg', '3'],
        env: { JOBDECK_INDEX: '3', JOBDECK_ITEM_PATH: 'a.jpg', JOBDECK_ITEM_KIND: 'mine' },
      },
    });
  });

  it('of an item has no variable that no process can be given', async () => {
    const { run, process } = openTasks();
    const itemValue = { long: 'x'.repeat(200_000), odd: 'a\0b', fine: 'yes' };
    await run({ kind: 'command', program: 'true' }, { item: 0, itemValue });
    expect(process.runs[0]?.task).toHaveProperty('env', { JOBDECK_INDEX: '0', JOBDECK_ITEM_FINE: 'yes' });
  });

  it('without items has no environment of one', async () => {
    const { run, process } = openTasks();
    await run({ kind: 'command', program: 'true' });
    expect(process.runs[0]?.task).toEqual({ kind: 'command', program: 'true' });
  });

  it("whose template can't be filled is not run", async () => {
    const { run, http } = openTasks();
    const report = await run({ kind: 'http', url: 'http://a.test/{{item.id}}' }, { item: 0, itemValue: {} });
    expect(report).toMatchObject({ outcome: 'failed', durationNs: 0, error: { code: 'template' } });
    expect(http.runs).toEqual([]);
  });
});

describe('secrets', () => {
  it('are filled in, and their values go along to be redacted', async () => {
    const { run, http } = openTasks();
    await run({
      kind: 'http',
      url: 'http://a.test/',
      headers: { a: '{{secret.TOKEN}}' },
      body: { b: '{{secret.KEY}}' },
    });
    expect(http.runs[0]).toMatchObject({
      task: { headers: { a: 'hunter2!' }, body: { b: 'abcd"efgh' } },
      redact: ['hunter2!', 'abcd"efgh'],
    });
  });

  it('that are not there are an error with their name', async () => {
    const report = await openTasks().run({
      kind: 'http',
      url: 'http://a.test/',
      headers: { a: '{{secret.NOPE}}' },
    });
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'secret', message: expect.stringContaining('NOPE') },
    });
  });

  it('that are too short to be taken out of an output are refused', async () => {
    const { run, http } = openTasks();
    const report = await run({ kind: 'http', url: 'http://a.test/', headers: { a: '{{secret.PIN}}' } });
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'secret', message: expect.stringContaining('PIN') },
    });
    expect(report.error?.message).not.toContain('123');
    expect(http.runs).toEqual([]);
  });

  it('leave in no text of the report', async () => {
    const report: AttemptReport = {
      ...DONE,
      outcome: 'failed',
      result: {
        text: 'it is hunter2!',
        body: { list: ['hunter2!', { 'hunter2!': 1 }], escaped: 'abcd"efgh' },
        status_code: 200,
      },
      error: { code: 'network', message: 'hunter2! was refused' },
    };
    const { run } = openTasks({ report });
    const task: Task = {
      kind: 'http',
      url: 'http://a.test/',
      headers: { a: '{{secret.TOKEN}}{{secret.KEY}}' },
    };
    expect(await run(task)).toEqual({
      ...report,
      result: {
        text: 'it is [secret]',
        body: { list: ['[secret]', { '[secret]': 1 }], escaped: '[secret]' },
        status_code: 200,
      },
      error: { code: 'network', message: '[secret] was refused' },
    });
  });

  it('take nothing out of what a report calls its parts', async () => {
    const report: AttemptReport = {
      ...DONE,
      outcome: 'failed',
      result: { exit_code: 1, stdout: 'the code is code' },
      error: { code: 'exit-code', message: 'It ended with exit code 1.' },
    };
    const { run } = openTasks({ report });
    expect(await run({ kind: 'http', url: 'http://a.test/', headers: { a: '{{secret.WORD}}' } })).toEqual({
      ...report,
      result: { exit_code: 1, stdout: 'the [secret] is [secret]' },
      error: { code: 'exit-code', message: 'It ended with exit [secret] 1.' },
    });
  });

  it('that a task does not use change nothing in its report', async () => {
    const report: AttemptReport = { ...DONE, result: { text: 'hunter2! and [secret]' } };
    expect(await openTasks({ report }).run({ kind: 'http', url: 'http://a.test/' })).toBe(report);
  });
});

describe('a model profile', () => {
  it("gives what the task leaves out, under the request's own", async () => {
    const { run, llm } = openTasks();
    await run({ ...LLM, request: { messages: [], max_tokens: 5 } }, { agentId: AGENT });
    expect(llm.runs[0]?.task).toEqual({
      ...LLM,
      base_url: PROFILE.base_url,
      request: { model: 'llama', temperature: 0.2, max_tokens: 5, messages: [] },
    });
    expect(llm.runs[0]).not.toHaveProperty('bearerToken');
  });

  it('gives it to a request that is a whole item', async () => {
    const { run, llm } = openTasks();
    const itemValue = { body: { model: 'own', messages: [1] } };
    await run({ ...LLM, request: '{{item.body}}' }, { agentId: AGENT, item: 0, itemValue });
    expect(llm.runs[0]?.task).toMatchObject({ request: { model: 'own', messages: [1], temperature: 0.2 } });
  });

  it('gives its secret as token, to be redacted', async () => {
    const { run, llm } = openTasks({ profile: { ...PROFILE, secret_name: 'TOKEN' } });
    await run(LLM, { agentId: AGENT });
    expect(llm.runs[0]).toMatchObject({ bearerToken: 'hunter2!', redact: ['hunter2!'] });
  });

  it('has secrets in its parameters filled in', async () => {
    const profile = { ...PROFILE, parameters: { user: '{{secret.KEY}}', note: '{{item}}' } };
    const { run, llm } = openTasks({ profile });
    await run(LLM, { agentId: AGENT, item: 0, itemValue: 'x' });
    expect(llm.runs[0]).toMatchObject({
      task: { request: { user: 'abcd"efgh', note: '{{item}}' } },
      redact: ['abcd"efgh'],
    });
  });

  it('gives no token to another host', async () => {
    const { run, llm } = openTasks({ profile: { ...PROFILE, secret_name: 'TOKEN' } });
    const report = await run({ ...LLM, base_url: 'http://127.0.0.1:8080/v1' }, { agentId: AGENT });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'secret' } });
    expect(report.error?.message).toContain('http://127.0.0.1:8080/v1');
    expect(llm.runs).toEqual([]);
    await run({ ...LLM, base_url: 'http://127.0.0.1:11434/v2' }, { agentId: AGENT });
    expect(llm.runs[0]?.bearerToken).toBe('hunter2!');
  });

  it.each([
    ['that is not saved', {}, AGENT.replace('5', '6'), 'invalid-task', 'no'],
    ['whose secret is not there', { secret_name: 'NOPE' }, AGENT, 'secret', 'NOPE'],
  ])('%s is an error that says so', async (_, change, agentId, code, words) => {
    expect(agentId).toMatch(new RegExp(AGENT_ID_PATTERN));
    const { run, llm } = openTasks({ profile: { ...PROFILE, ...change } });
    const report = await run(LLM, { agentId });
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code, message: expect.stringContaining(words) },
    });
    expect(llm.runs).toEqual([]);
  });

  it('is asked for by model tasks alone', async () => {
    const { run, process } = openTasks();
    await run({ kind: 'command', program: 'true' }, { agentId: AGENT.replace('5', '6') });
    expect(process.runs).toHaveLength(1);
  });
});

it('what only processes have is asked of their executor', async () => {
  const { tasks, process, http, llm } = openTasks();
  expect(await tasks.reap(KEY)).toEqual({ survivors: [7] });
  expect(await tasks.suspend(KEY)).toBe(true);
  expect(await tasks.resume(KEY)).toBe(true);
  expect([process.asked, http.asked, llm.asked]).toEqual([['reap', 'suspend', 'resume'], [], []]);
});
