import { describe, expect, it } from 'vitest';
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import type { JobFact } from '../../../../src-renderer/words/job-fact.ts';
import { jobFacts } from '../../../../src-renderer/words/job-facts.ts';
import { taskFacts } from '../../../../src-renderer/words/task-facts.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';

const LINUX = { platform: 'linux', homeDirectory: '/home/ada' };

function factsOf(task: Task, machine = LINUX): Map<string, JobFact> {
  return new Map(jobFacts(sampleJob(0, { task }), machine).map((fact) => [fact.label, fact]));
}

describe('what a job would do', () => {
  it('keeps each argument apart from the others, empty ones too', () => {
    const facts = factsOf({ kind: 'command', program: 'cp', args: ['a b', '', '-r'] });
    expect(facts.get('Program')).toMatchObject({ kind: 'values', values: ['cp'] });
    expect(facts.get('3 arguments')).toMatchObject({ kind: 'values', values: ['a b', '', '-r'] });
  });

  it('says which shell reads a shell line', () => {
    const task: Task = { kind: 'command', shell: 'ls | wc -l' };
    expect(factsOf(task).get('Shell line')).toMatchObject({ value: 'ls | wc -l', note: 'for /bin/sh' });
    expect(factsOf(task, { ...LINUX, platform: 'win32' }).get('Shell line')).toMatchObject({
      note: 'for cmd.exe',
    });
  });

  it('shows the whole source of a script, and how long it is', () => {
    const source = 'import os\n\nos.remove("a")\n';
    const facts = factsOf({ kind: 'script', interpreter: 'python3', source });
    expect(facts.get('Interpreter')).toMatchObject({ values: ['python3'] });
    expect(facts.get('Script')).toMatchObject({ kind: 'block', value: source, note: '3 lines' });
  });

  it('shows the directory, the environment and standard input', () => {
    const facts = factsOf({
      kind: 'command',
      shell: 'x',
      cwd: '/data',
      env: { A: '1', B: '' },
      stdin: 'y\n',
    });
    expect(facts.get('Directory')).toMatchObject({ values: ['/data'] });
    expect(facts.get('Environment')).toMatchObject({
      pairs: [
        ['A', '1'],
        ['B', ''],
      ],
    });
    expect(facts.get('Standard input')).toMatchObject({ kind: 'block', value: 'y\n' });
  });

  it('names the home directory where the job names none', () => {
    expect(factsOf({ kind: 'command', shell: 'x' }).get('Directory')).toMatchObject({
      value: 'Home directory, /home/ada',
    });
  });

  it('says where the result is posted to, and that it is posted nowhere', () => {
    const job = sampleJob(0);
    const labelled = (callback_url: string | null) =>
      jobFacts({ ...job, callback_url }, LINUX).find((fact) => fact.label === 'Callback');
    expect(labelled('https://example.org/done')).toMatchObject({ address: 'https://example.org/done' });
    expect(labelled('https://example.org/done')).not.toHaveProperty('note');
    expect(labelled('http://127.0.0.1:8080/')).toMatchObject({ note: 'to a program on this computer' });
    expect(labelled('http://192.168.1.20/')).toMatchObject({ note: 'to a machine in your network' });
    expect(labelled(null)).toMatchObject({ kind: 'words' });
  });

  it('tells that a job runs again by itself after an interruption', () => {
    const task: Task = { kind: 'command', shell: 'x' };
    const labels = (on_interrupt: 'fail' | 'rerun') =>
      jobFacts(sampleJob(0, { task, on_interrupt }), LINUX).map((fact) => fact.label);
    expect(labels('rerun')).toContain('If interrupted');
    expect(labels('fail')).not.toContain('If interrupted');
  });

  it('shows the request and its body of a job that goes to the network', () => {
    const facts = factsOf({ kind: 'http', method: 'POST', url: 'https://example.org/', body: { a: 1 } });
    expect(facts.get('Request')).toMatchObject({ words: 'POST', address: 'https://example.org/' });
    expect(facts.get('Body')).toMatchObject({ kind: 'block', note: 'JSON', value: '{\n  "a": 1\n}' });
  });
});

describe('what goes to the network', () => {
  it('is shown with its headers, and that redirects lead to other addresses', () => {
    const facts = factsOf({
      kind: 'http',
      url: 'https://example.org/',
      headers: { Authorization: 'Bearer {{secret.TOKEN}}' },
      max_redirects: 3,
    });
    expect(facts.get('Headers')).toMatchObject({ pairs: [['Authorization', 'Bearer {{secret.TOKEN}}']] });
    expect(facts.get('Redirects')).toMatchObject({ value: expect.stringContaining('3') });
  });

  it('names every secret that is filled in, wherever it stands, once', () => {
    const facts = factsOf({
      kind: 'http',
      url: 'https://example.org/',
      headers: { A: '{{secret.ONE}}', B: '{{secret.ONE}}' },
      body: { deep: ['{{secret.TWO}}'] },
    });
    expect(facts.get('Your secrets')).toMatchObject({ values: ['ONE', 'TWO'] });
  });

  const task: Task = { kind: 'llm', endpoint: 'chat/completions', request: { model: 'm', messages: [] } };
  const profile: ModelProfile = {
    id: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e' as AgentId,
    name: 'Mine',
    base_url: 'https://models.example.org/v1',
    model: null,
    parameters: {},
    secret_name: 'KEY',
  };
  const ofModel = (extra: Partial<Task> = {}, profiles = [profile]) => {
    const job = { ...sampleJob(0, { task: { ...task, ...extra } as Task }), agent_id: profile.id };
    return new Map(jobFacts(job, { ...LINUX, profiles }).map((fact) => [fact.label, fact]));
  };

  it('goes to the address of the saved profile, with its secret', () => {
    const facts = ofModel();
    expect(facts.get('Endpoint')).toMatchObject({
      address: 'https://models.example.org/v1/chat/completions',
    });
    expect(facts.get('Profile')).toMatchObject({ value: 'Mine' });
    expect(facts.get('Its secret')).toMatchObject({
      words: 'KEY is sent to',
      address: 'https://models.example.org/v1',
    });
  });

  it('goes to the address of the task before that of the profile, and says that the secret does not', () => {
    const facts = ofModel({ base_url: 'https://elsewhere.example/v1' });
    expect(facts.get('Endpoint')).toMatchObject({ address: 'https://elsewhere.example/v1/chat/completions' });
    expect(facts.get('Its secret')).toMatchObject({ value: expect.stringContaining('not for that address') });
  });

  it('says of a profile that it is not saved here', () => {
    expect(ofModel({}, []).get('Profile')).toMatchObject({
      value: expect.stringContaining('not saved here'),
    });
  });
});

describe('what a job works on, and when', () => {
  const ofRequest = (request: JobdeckRequest) =>
    new Map(
      jobFacts(sampleJob(0, { task: { kind: 'command', shell: 'x' }, ...request }), LINUX).map((fact) => [
        fact.label,
        fact,
      ]),
    );

  it('is shown with the path of the file that is read, and the number of items where it is known', () => {
    expect(ofRequest({ items: { file: '/etc/passwd', format: 'lines' } }).get('Items')).toMatchObject({
      kind: 'address',
      address: '/etc/passwd',
    });
    expect(ofRequest({ items: { matrix: { a: [1, 2], b: ['x', 'y', 'z'] } } }).get('Items')).toMatchObject({
      note: '6 items',
    });
    expect(ofRequest({ items: { range: { from: 1, to: 10, step: 3 } } }).get('Items')).toMatchObject({
      note: '4 items',
    });
  });

  it('tells that it runs again and again, and what it waits for', () => {
    const facts = ofRequest({
      schedule: { cron: '0 6 * * *', time_zone: 'Europe/Berlin', missed: 'catch-up' },
      after: ['job-0f8fad5b-d9cb-469f-a165-70867728950e'],
      retry: { max_attempts: 3 },
    });
    expect(facts.get('Schedule')).toMatchObject({
      note: '0 6 * * *',
      value: expect.stringContaining('Again and again'),
    });
    expect(facts.get('After')).toMatchObject({ values: ['job-0f8fad5b-d9cb-469f-a165-70867728950e'] });
    expect(facts.get('Retries')).toMatchObject({ value: expect.stringContaining('up to 3 times') });
  });
});

describe('the facts as text', () => {
  it('are those of the approval, without those that say that there is nothing', () => {
    const job = sampleJob(0, {
      task: { kind: 'http', url: 'https://example.org/', headers: { A: 'b', C: 'd' } },
    });
    const rich = jobFacts(job).filter((fact) => !(fact.kind === 'words' && fact.isQuiet));
    const text = taskFacts(job);
    expect(text.map(({ label }) => label)).toEqual(rich.map(({ label }) => label));
    expect(text.find(({ label }) => label === 'Headers')?.value).toBe('A: b\nC: d');
    expect(text.find(({ label }) => label === 'Request')?.value).toBe('GET https://example.org/');
  });
});
